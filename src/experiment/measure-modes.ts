import type { CallTally } from '../core/call-columns.js';
import { monotonicNow } from '../core/clock.js';
import type { Measurement, ModeRounds, Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeLimits } from '../modes/mode.js';
import { FEWEST_PAIRS, isTight } from '../statistics/ratio-estimate.js';
import { comparePair } from '../statistics/verdict.js';
import type { Contender } from './contender.js';

/** How many rounds of how many calls are made in each mode. */
export interface RoundPlan {
  /** Calls a round: one number, or several that are measured side by side. */
  readonly numbers: readonly number[];
  readonly limits: ModeLimits;
  readonly warmup: number;
  /** Exactly so many counted rounds, or at least three and then more until the ratios are known well enough. */
  readonly rounds: number | 'enough';
  /** Time after which no further round is begun, when the number of rounds is open. */
  readonly budgetMs: Milliseconds;
  readonly keepAnswers: boolean;
}

/** What is going on, for whoever shows it. */
export interface Progress {
  /** Who makes the round. */
  readonly name: string;
  readonly number: number;
  readonly stage: 'warm-up' | 'round';
  /** From 1. */
  readonly round: number;
  readonly rounds: number | 'enough';
  readonly tally: () => CallTally;
}

/** Told of each round as it begins. */
export type ProgressListener = (progress: Progress) => void;

/** An interval narrower than this share of the ratio to either side is as good as a reader can use. */
const TIGHT_SHARE = 0.02;
const MOST_ROUNDS = 50;

/**
 * Makes rounds of calls in every mode and with every number of calls, interleaved so that whatever changes over time (other
 * programs, temperature, code that is being compiled) changes for all alike, in alternating order so that none profits from
 * its place.
 *
 * Ends early when `signal` fires, or when every call of a round failed, since more of the same would tell nothing.
 *
 * @returns a measurement for each of the numbers, in their order.
 */
export async function measureModes(
  contenders: readonly Contender[],
  plan: RoundPlan,
  listener: ProgressListener,
  signal: AbortSignal,
): Promise<Measurement[]> {
  // The largest number first, because the first round goes backwards: what is cold in it is then the smallest.
  const lanes = plan.numbers.toReversed().flatMap((number) =>
    contenders.map((contender) => ({
      contender,
      number,
      rounds: emptyRounds(contender, number, plan),
    })),
  );
  const measurements = plan.numbers.map((number) => ({
    number,
    modes: lanes.filter((lane) => lane.number === number).map((lane) => lane.rounds),
  }));

  const goOn = async (stage: Progress['stage'], round: number): Promise<boolean> => {
    // The first round begins with the last mode, which is the fast one: it tells soonest when all calls fail.
    for (const { contender, number, rounds } of round % 2 === 1 ? lanes.toReversed() : lanes) {
      if (signal.aborted) return false;
      const running = contender.startRound(number, rounds.concurrency, plan.keepAnswers);
      const tally = (): CallTally => running.calls.tally();
      listener({
        name: contender.name,
        number: running.calls.number,
        stage,
        round,
        rounds: plan.rounds,
        tally,
      });
      const result = await running.result;
      (stage === 'warm-up' ? rounds.warmup : rounds.rounds).push(result);
      if (signal.aborted || result.calls.tally().ok === 0) return false;
    }
    return true;
  };

  for (let round = 1; round <= plan.warmup; round += 1) {
    if (!(await goOn('warm-up', round))) return measurements;
  }
  const beganMs = monotonicNow();
  for (let done = 0; !isEnough(measurements, plan, done, monotonicNow() - beganMs); done += 1) {
    if (!(await goOn('round', done + 1))) break;
  }
  return measurements;
}

function emptyRounds(
  contender: Contender,
  number: number,
  { limits }: RoundPlan,
): ModeRounds & { warmup: Round[]; rounds: Round[] } {
  const { name, mode, task } = contender;
  return {
    name,
    mode,
    task,
    limit: contender.concurrency(Number.POSITIVE_INFINITY, limits),
    concurrency: contender.concurrency(number, limits),
    warmup: [],
    rounds: [],
  };
}

function isEnough(
  measurements: readonly Measurement[],
  plan: RoundPlan,
  done: number,
  elapsedMs: Milliseconds,
): boolean {
  if (plan.rounds !== 'enough') return done >= plan.rounds;
  if (done < FEWEST_PAIRS) return false;
  // Another round takes about as long as those before it did on average.
  if (done >= MOST_ROUNDS || elapsedMs * (1 + 1 / done) > plan.budgetMs) return true;
  return measurements.every(
    ({ modes, number }) =>
      isTightAfter(modes, number, done) && isTightAfter(modes, number, done - 1),
  );
}

// Stopping at the first narrow interval prefers those that are narrow by chance: simulated, the truth then lies inside in
// as little as 90 of 100 runs instead of 95. Asking for two in a row brings that to 92 and costs one round.
function isTightAfter(modes: readonly ModeRounds[], number: number, rounds: number): boolean {
  const [baseline, ...others] = modes.map((mode) => ({
    ...mode,
    rounds: mode.rounds.slice(0, rounds),
  }));
  return others.every((mode) => {
    const { estimate } = comparePair(baseline ?? mode, mode, number);
    return estimate !== undefined && isTight(estimate, TIGHT_SHARE);
  });
}
