import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  failed,
  passed,
  shortestRound,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type Verdict,
} from 'lwasync/learn';
import { Downloads, thrown } from './check/downloads.js';
import { judgeOutcomes } from './check/outcomes.js';
import { FILES, indexOf, LIMIT, nameOf, roundsOf, type Round } from './check/round.js';

const SERVER_TAKES_MS = 30;

/** The server answers one download at a time, when as many are under way as there should be. */
export async function check(context: CheckContext): Promise<Verdict> {
  for (const round of roundsOf(context.random)) {
    const fault = await checkRound(context, round);
    if (fault !== undefined) return fault;
  }
  return passed(
    `of ${FILES} files ${LIMIT} were under way at any time, as long as there were enough, and never more; what failed stopped nobody`,
  );
}

async function checkRound(context: CheckContext, round: Round): Promise<Failed | undefined> {
  const { attempt, random, makeFolder, startServer } = context;
  const [folder, server] = await Promise.all([makeFolder(), startServer(() => {})]);
  const sizes = Array.from({ length: round.number }, () => 500 + Math.floor(random() * 4000));
  const files = sizes.map((size) => Uint8Array.from({ length: size }, () => random() * 256));
  for (const index of round.blocked) await mkdir(join(folder, nameOf(index)));
  const urls = files.map((_, index) => `${server.url}/photos/${nameOf(index)}?size=full`);
  const call = attempt.outcome('downloadAll', [urls, folder, round.limit]);
  const fault = await new Downloads(attempt, round, files, server).answerAll(call);
  if (fault !== undefined) return fault;
  const outcome = await call;
  if (outcome.threw !== undefined) return thrown(round, outcome.threw.said);
  const wrong = await judgeOutcomes(round, files, urls, folder, outcome.value);
  if (wrong !== undefined) return wrong;
  const [reason] = attempt.unhandled;
  return reason === undefined
    ? undefined
    : failed(
        'rejection-lost',
        `a promise was rejected and nobody looked at it, for which Node ends a program: ${reason}`,
      );
}

/** All files of a server that takes as long for each, one after another, at most five at a time, and all at once. */
export async function measure(context: CheckContext): Promise<Measurement> {
  const { attempt, makeFolder, startServer } = context;
  let lanes: MeasuredLane[] = [];
  let beganMs = 0;
  const server = await startServer((call) => {
    const fromMs = performance.now() - beganMs;
    setTimeout(() => {
      call.answerBytes(new Uint8Array(1000));
      const spans = [{ fromMs, toMs: performance.now() - beganMs }];
      lanes[indexOf(call)] = { name: nameOf(indexOf(call)), spans };
    }, SERVER_TAKES_MS);
  });
  const urls = Array.from({ length: FILES }, (_, index) => `${server.url}/${nameOf(index)}`);
  const download = (limit: number) =>
    shortestRound(async () => {
      const folder = await makeFolder();
      beganMs = performance.now();
      lanes = [];
      return { ...(await attempt.call('downloadAll', [urls, folder, limit])), lanes };
    });
  const [one, all, five] = [await download(1), await download(FILES), await download(LIMIT)];
  const [fiveTimes, allTimes] = [one.durationMs / five.durationMs, one.durationMs / all.durationMs];
  return {
    text: `${FILES} files one after another took ${one.durationMs.toFixed(0)} ms; ${LIMIT} at a time were ${fiveTimes.toFixed(1)} times as fast, all ${FILES} at a time ${allTimes.toFixed(1)} times`,
    choice: choiceOf(fiveTimes, allTimes),
    lanes: five.lanes,
  };
}

function choiceOf(five: number, all: number): number | undefined {
  if (five < 1.5 && all < 1.5) return 0;
  if (five < 3) return undefined;
  if (all > 1.5 * five) return 3;
  return all < five / 1.5 ? 2 : 1;
}
