import type { Round } from '../core/run.js';
import type { SweepLevel, SweepProof, SweepRun } from '../core/sweep.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import type { ProgressListener } from './measure-modes.js';
import type { ModeWorker } from './mode-worker.js';
import type { SweepSettings } from './sweep-options.js';
import { computes, trialOf, type Trial } from './sweep-trial.js';

const ROUNDS = 3;

/** Who is told of progress, and what ends it early. */
export interface ProofControl {
  readonly listener: ProgressListener;
  readonly signal: AbortSignal;
}

/** Whether a proof was asked for, or belongs to the work: of computing, what threads bring is half of the answer. */
export function isWorthProving(
  { levels, mode }: SweepRun,
  { prove, task }: SweepSettings,
): boolean {
  return levels.length > 1 && (prove ?? (computes(task) && mode !== 'threads'));
}

/**
 * Changes the one thing that the cause names, where it is on our side, and measures before and after, interleaved.
 *
 * @returns a sentence where that cannot be done from here, `undefined` where there is no cause or the proof was interrupted.
 */
export async function proveCause(
  run: SweepRun,
  settings: SweepSettings,
  worker: ModeWorker,
  control: ProofControl,
): Promise<SweepProof | string | undefined> {
  const verdict = judgeSweep(run);
  if (verdict === undefined) return undefined;
  const trial = await trialOf(run, settings, worker, verdict);
  if (typeof trial === 'string') return trial;
  try {
    return await compareSides(trial, control);
  } finally {
    await Promise.all([trial.before.stop(), trial.after.stop()]);
  }
}

async function compareSides(
  { change, before, after }: Trial,
  { listener, signal }: ProofControl,
): Promise<SweepProof | undefined> {
  const sides = [
    { side: before, name: 'before', rounds: [] as Round[] },
    { side: after, name: 'after', rounds: [] as Round[] },
  ];
  const over = whenAborted(signal);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { side, name, rounds } of round % 2 === 1 ? sides.toReversed() : sides) {
      if (signal.aborted) return undefined;
      const { number, concurrency } = side;
      const { tally, result } = side.start(number, concurrency);
      const stage = round === 0 ? 'warm-up' : 'round';
      const shown = { number, stage, round: Math.max(round, 1), rounds: ROUNDS } as const;
      listener({ ...shown, name: `proof, ${name}`, tally });
      const made = await Promise.race([result, over]);
      if (made === undefined) return undefined;
      if (round > 0) rounds.push(made);
    }
  }
  const levelOf = ({ side, rounds }: (typeof sides)[number]): SweepLevel => ({
    concurrency: side.concurrency,
    number: side.number,
    rounds,
  });
  const [first, second] = sides.map((side) => levelOf(side));
  return first === undefined || second === undefined
    ? undefined
    : { change, before: first, after: second };
}

async function whenAborted(signal: AbortSignal): Promise<undefined> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
