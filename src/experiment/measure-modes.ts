import type { CallTally } from '../core/call-columns.js';
import { monotonicNow } from '../core/clock.js';
import type { Measurement, ModeRounds, Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeLimits } from '../modes/mode.js';
import { warmthOf } from '../statistics/warm-rounds.js';
import type { Contender } from './contender.js';
import { roundsThatFit, type RoundRange } from './round-count.js';

/** How many rounds of how many calls are made in each mode. */
export interface RoundPlan {
  /** Calls a round: one number, or several that are measured side by side. */
  readonly numbers: readonly number[];
  readonly limits: ModeLimits;
  /** Exactly so many rounds that do not count, or as many as each contender needs until it gets no faster. */
  readonly warmup: number | 'detect';
  /** Exactly so many counted rounds, or as many as fit into the budget. */
  readonly rounds: number | 'fit';
  /** Fewest and most of those that fit; at least three and at most ten unless told. */
  readonly roundRange?: RoundRange | undefined;
  /** How long all rounds together may take, where their number is open. */
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
  /** `fit` until it is known how many fit. */
  readonly rounds: number | 'fit';
  readonly tally: () => CallTally;
}

/** Told of each round as it begins. */
export type ProgressListener = (progress: Progress) => void;

/** A contender with one number of calls. */
interface Lane {
  readonly contender: Contender;
  readonly number: number;
  readonly rounds: ModeRounds & { readonly warmup: Round[]; readonly rounds: Round[] };
  /** How long its latest round took, what happens before and after the calls included. */
  latestMs: Milliseconds;
}

const MOST_WARMUP_ROUNDS = 5;
const WARMUP_SHARE_OF_BUDGET = 1 / 3;
/** A round of those that are still cold costs nothing to speak of when it takes this share of a round of all. */
const HARDLY_COUNTS = 0.1;

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
  const lanes = plan.numbers
    .toReversed()
    .flatMap((number) => contenders.map((contender) => openLane(contender, number, plan)));
  const measurements = plan.numbers.map((number) => ({
    number,
    modes: lanes.filter((lane) => lane.number === number).map((lane) => lane.rounds),
  }));
  let rounds = plan.rounds;

  const goOn = async (
    stage: Progress['stage'],
    round: number,
    taking: readonly Lane[],
  ): Promise<boolean> => {
    // The first round begins with the last mode, which is the fast one: it tells soonest when all calls fail.
    for (const lane of round % 2 === 1 ? taking.toReversed() : taking) {
      if (signal.aborted) return false;
      const { contender, number } = lane;
      const beganMs = monotonicNow();
      const running = contender.startRound(number, lane.rounds.concurrency, plan.keepAnswers);
      const tally = (): CallTally => running.calls.tally();
      listener({
        name: contender.name,
        number: running.calls.number,
        stage,
        round,
        rounds,
        tally,
      });
      const result = await running.result;
      lane.latestMs = monotonicNow() - beganMs;
      (stage === 'warm-up' ? lane.rounds.warmup : lane.rounds.rounds).push(result);
      if (signal.aborted || result.calls.tally().ok === 0) return false;
    }
    return true;
  };

  const beganMs = monotonicNow();
  const leftMs = (): Milliseconds => plan.budgetMs - (monotonicNow() - beganMs);
  for (let round = 1; ; round += 1) {
    const cold = whoWarmsUp(lanes, plan, round, leftMs());
    if (cold.length === 0) break;
    if (!(await goOn('warm-up', round, cold))) return measurements;
  }
  // Without a warm-up the first counted round is the one that tells how long a round takes.
  const settle = (done: number): number | 'fit' => {
    const roundMs = timeOfRound(lanes);
    return rounds === 'fit' && roundMs > 0
      ? roundsThatFit(roundMs, leftMs() + done * roundMs, plan.roundRange)
      : rounds;
  };
  rounds = settle(0);
  for (let done = 0; rounds === 'fit' || done < rounds; rounds = settle(done)) {
    if (!(await goOn('round', done + 1, lanes))) break;
    done += 1;
  }
  return measurements;
}

function openLane(contender: Contender, number: number, { limits }: RoundPlan): Lane {
  const { name, mode, task } = contender;
  const rounds = {
    name,
    mode,
    task,
    limit: contender.concurrency(Number.POSITIVE_INFINITY, limits),
    concurrency: contender.concurrency(number, limits),
    warmup: [],
    rounds: [],
  };
  return { contender, number, rounds, latestMs: 0 };
}

// Who is warm does not wait for the others. A further round is made where it fits or hardly counts.
function whoWarmsUp(
  lanes: readonly Lane[],
  { warmup, budgetMs }: RoundPlan,
  round: number,
  leftMs: Milliseconds,
): readonly Lane[] {
  if (warmup !== 'detect') return round <= warmup ? lanes : [];
  if (round === 1) return lanes;
  if (round > MOST_WARMUP_ROUNDS) return [];
  const cold = lanes.filter(({ rounds }) => warmthOf(rounds).kind !== 'warm');
  const leftForWarmupMs = leftMs - budgetMs * (1 - WARMUP_SHARE_OF_BUDGET);
  const fits = timeOfRound(cold) <= leftForWarmupMs;
  return fits || timeOfRound(cold) <= HARDLY_COUNTS * timeOfRound(lanes) ? cold : [];
}

function timeOfRound(lanes: readonly Lane[]): Milliseconds {
  return lanes.reduce((sum, { latestMs }) => sum + latestMs, 0);
}
