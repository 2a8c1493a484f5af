import { BARE_NODE, bareNodeMegabytes } from '../bare-node.js';
import type { BenchContext } from '../group.js';
import type { Measurements, Outcome, Subject } from '../measurements.js';
import type { Peers } from '../peers.js';
import { settingOf } from '../per-request/plan.js';
import type { Pinning } from '../pinning.js';
import { measureInRounds, type Job } from '../rounds.js';
import { runWhole, type WholeRun } from '../whole-run.js';
import { CONNECTIONS, type Plan } from './plan.js';
import { OURS, OURS_ON_ONE, peerPrograms, type Program } from './programs.js';

/**
 * Of a run with few calls and one with many: how many there were, and the most memory, in MB (of a million bytes). What the
 * many occupied more than the few. Of the run with many: CPU a call, user and system, in µs, and calls a second.
 */
export type CallsFigure =
  'fewCalls' | 'fewMB' | 'manyCalls' | 'manyMB' | 'moreMB' | 'cpuMicros' | 'perSecond';

/** A program on so many connections, and how many calls it makes in its longer run. */
export interface Contender {
  readonly subject: Subject;
  readonly program: Program;
  readonly connections: number;
  readonly many: number;
}

const LIMIT_MS = 600_000;
// A run that takes seconds and no number is this long at least, which is its shorter one.
const FEWEST_S = 2;

/** Every program that is there, in the order in which they stand in a table. */
export function contendersFor(peers: Peers, { many, manyOnOne }: Plan): Contender[] {
  const theirs = peerPrograms(peers);
  const on =
    (connections: number, number: number) =>
    (program: Program): Contender => ({
      subject: { name: program.name, setting: settingOf(connections) },
      program,
      connections,
      many: number,
    });
  return [
    ...[...OURS, ...theirs].map(on(CONNECTIONS, many)),
    ...[OURS_ON_ONE, ...theirs].map(on(1, manyOnOne)),
  ];
}

/** Measures each of them with few calls and then with many. */
export async function measureCalls(
  contenders: readonly Contender[],
  { few }: Plan,
  { url, pinning }: { readonly url: string; readonly pinning: Pinning },
  context: BenchContext,
): Promise<Measurements<CallsFigure>> {
  const jobs = contenders.map(({ subject, program, connections, many }): Job<CallsFigure> => ({
    subject,
    measure: async (signal) => {
      const run = (amount: number): Promise<WholeRun> => {
        const command = pinning.client(program.command(amount, connections, url));
        return runWhole(command, (text) => program.read(text), { signal, limitMs: LIMIT_MS });
      };
      const short = await run(program.takes === 'calls' ? few : FEWEST_S);
      if (short.kind === 'none') return short;
      // As many seconds as so many calls take at the rate of the shorter run.
      const seconds = Math.max(Math.round((many / short.requests) * short.seconds), FEWEST_S);
      return figuresOf(short, await run(program.takes === 'calls' ? many : seconds));
    },
  }));
  return measureInRounds([bareNode(pinning), ...jobs], context);
}

function bareNode(pinning: Pinning): Job<CallsFigure> {
  return {
    subject: BARE_NODE,
    measure: async (signal) => {
      const manyMB = await bareNodeMegabytes(pinning, signal);
      return { kind: 'figures', figures: manyMB === undefined ? {} : { manyMB } };
    },
  };
}

function figuresOf(
  short: Extract<WholeRun, { kind: 'ran' }>,
  long: WholeRun,
): Outcome<CallsFigure> {
  if (long.kind === 'none') return long;
  if (long.requests === 0) return { kind: 'none', reason: 'no call was completed' };
  const counted = {
    fewCalls: short.requests,
    manyCalls: long.requests,
    cpuMicros: (long.cpuSeconds / long.requests) * 1e6,
    perSecond: long.requests / long.seconds,
  };
  if (short.peakBytes === undefined || long.peakBytes === undefined) {
    return { kind: 'figures', figures: counted };
  }
  const [fewMB, manyMB] = [megabytes(short.peakBytes), megabytes(long.peakBytes)];
  return { kind: 'figures', figures: { ...counted, fewMB, manyMB, moreMB: manyMB - fewMB } };
}

function megabytes(bytes: number): number {
  return bytes / 1e6;
}
