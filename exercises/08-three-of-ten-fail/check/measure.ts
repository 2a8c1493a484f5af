import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckContext, MeasuredLane, MeasuredSpan, Measurement } from 'lwasync/learn';

const URLS: readonly string[] = Array.from({ length: 10 }, (_, index) => `/page-${index + 1}`);
const FIRST_TO_FAIL = 2;
const FAILS_AFTER_MS = 50;
const OTHERS_AFTER_MS = 100;

/** Ten calls, the third of which fails first: what the others do under Promise.all alone, and under the learner's getAllOrStop. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const alone = await timed('Promise.all', async (getPage) => {
    await Promise.all(URLS.map((url) => getPage(url))).catch(() => {});
    return [];
  });
  const yours = await timed('yours', async (getPage) => {
    const watched = attempt.watch((call) => {
      void getPage(call.args[0]).then(
        (page) => call.answer(page),
        () => call.fail('out of reach'),
      );
    });
    await attempt.outcome('getAllOrStop', [URLS, watched]);
    return watched.calls.filter(({ isGivenUp }) => isGivenUp).map(({ args }) => args[0]);
  });
  const sentence = ({ overMs, ranOn }: Timed): string =>
    `rejected after ${Math.round(overMs)} ms and ${ranOn} other calls ran on to their end`;
  return {
    text: `Promise.all ${sentence(alone)}; yours ${sentence(yours)}`,
    choice: choiceOf(alone),
    lanes: [...alone.lanes, ...yours.lanes],
  };
}

interface Timed {
  readonly overMs: number;
  /** Calls that ended by themselves after that. */
  readonly ranOn: number;
  readonly lanes: readonly MeasuredLane[];
}

/** Calls that take their time; `run` returns the urls of those that were stopped. */
async function timed(
  who: string,
  run: (getPage: (url: unknown) => Promise<string>) => Promise<readonly unknown[]>,
): Promise<Timed> {
  const spans: Promise<MeasuredSpan>[] = [];
  const beganMs = performance.now();
  const sinceMs = (): number => performance.now() - beganMs;
  const stopped = await run(async (url) => {
    const [index, fromMs] = [URLS.indexOf(String(url)), sinceMs()];
    const fails = index === FIRST_TO_FAIL;
    const end = sleep(fails ? FAILS_AFTER_MS : OTHERS_AFTER_MS + 10 * index);
    spans[index] = end.then(() => ({ fromMs, toMs: sinceMs() }));
    await spans[index];
    if (fails) throw new Error('out of reach');
    return `what is on ${URLS[index]}`;
  });
  const overMs = sinceMs();
  const lanes = (await Promise.all(spans)).map(({ fromMs, toMs }, index) => ({
    name: `${who}: call ${index + 1}`,
    spans: [{ fromMs, toMs: stopped.includes(URLS[index]) ? overMs : toMs }],
  }));
  const ranOn = lanes.filter(
    ({ spans: [span] }) => span !== undefined && span.toMs > overMs,
  ).length;
  return { overMs, ranOn, lanes };
}

function choiceOf({ overMs, ranOn }: Timed): number | undefined {
  if (ranOn === 0) return overMs < OTHERS_AFTER_MS ? 0 : 3;
  const choice = [0, FIRST_TO_FAIL, URLS.length - 1].indexOf(ranOn);
  return choice < 0 ? undefined : choice;
}
