import { monotonicNow } from '../core/clock.js';
import type { Round } from '../core/run.js';
import type { SweepLevel } from '../core/sweep.js';
import type { Milliseconds } from '../core/units.js';
import { summarizeLevel, type LevelSummary } from '../statistics/level-summary.js';
import { callsOfLevel } from './level-plan.js';
import type { ProgressListener } from './measure-modes.js';
import type { ModeWorker } from './mode-worker.js';
import type { SweepSettings } from './sweep-options.js';

const WARM_UP_MS: Milliseconds = 100;
// Where half of all calls fail, so many fail together once in a thousand times.
const CALLS_TO_GIVE_UP = 10;
// One level of many: a sweep of the usual kind measures about thirty rounds.
const SHARE_OF_BUDGET = 1 / 30;

interface MeasuredLevel extends SweepLevel {
  readonly rounds: Round[];
}

/** The levels of one sweep as they are measured, in one thread that keeps its connections from level to level. */
export class LevelSeries {
  readonly #worker: ModeWorker;
  readonly #settings: SweepSettings;
  readonly #listener: ProgressListener;
  readonly #signal: AbortSignal;
  readonly #levels: MeasuredLevel[] = [];
  #firstRate: number | undefined;

  constructor(
    worker: ModeWorker,
    settings: SweepSettings,
    listener: ProgressListener,
    signal: AbortSignal,
  ) {
    this.#worker = worker;
    this.#settings = settings;
    this.#listener = listener;
    this.#signal = signal;
  }

  /** What was measured so far, in ascending order. */
  get levels(): readonly SweepLevel[] {
    return this.#levels.toSorted((a, b) => this.#atOf(a) - this.#atOf(b));
  }

  /** The same in a few numbers. */
  summaries(): LevelSummary[] {
    return this.levels
      .map((level) => summarizeLevel(level, this.#settings.over))
      .filter((summary) => summary !== undefined);
  }

  /** How long one more round of a level would take. */
  expectedMs(at: number): Milliseconds {
    const level = this.#find(at) ?? this.#plan(at);
    return (level.number / this.#rateBelow(at)) * 1000;
  }

  /** Measures one more round of a level, after a warm-up if it is the first; false when there is no sense in going on. */
  async measure(at: number): Promise<boolean> {
    const known = this.#find(at);
    if (known === undefined && !(await this.#warmUp(at))) return false;
    const level = known ?? this.#plan(at);
    if (known === undefined) this.#levels.push(level);
    const round = await this.#round(
      level.number,
      level.concurrency,
      'round',
      level.rounds.length + 1,
    );
    if (round === undefined) return false;
    level.rounds.push(round);
    return !this.#signal.aborted && round.calls.tally().ok > 0;
  }

  #find(at: number): MeasuredLevel | undefined {
    return this.#levels.find((level) => this.#atOf(level) === at);
  }

  #atOf({ concurrency, number }: SweepLevel): number {
    return this.#settings.over === 'number' ? number : concurrency;
  }

  #plan(at: number): MeasuredLevel {
    const { over, concurrency, budgetMs } = this.#settings;
    if (over === 'number')
      return { concurrency: Math.min(at, concurrency), number: at, rounds: [] };
    const least = this.#rateBelow(at);
    const below = this.summaries().findLast((level) => level.at < at)?.at ?? 1;
    const expected = { least, most: (least * at) / below };
    const number = callsOfLevel(at, expected, budgetMs * SHARE_OF_BUDGET);
    return { concurrency: at, number, rounds: [] };
  }

  // Calls a second that were reached with no more in flight than that.
  #rateBelow(at: number): number {
    const rates = this.summaries()
      .filter((level) => level.at <= at && level.throughput > 0)
      .map((level) => level.throughput);
    return Math.max(this.#firstRate ?? 1, ...rates);
  }

  // Sets the connections of the level up, and lets the code be compiled. Before anything is known, one call after another
  // tells how fast they are.
  async #warmUp(at: number): Promise<boolean> {
    const concurrency = Math.min(at, this.#settings.concurrency);
    let number = this.#firstRate === undefined ? 1 : this.#warmUpCalls(concurrency);
    for (;;) {
      const beganMs = monotonicNow();
      const round = await this.#round(number, concurrency, 'warm-up', 1);
      if (round === undefined || this.#signal.aborted) return false;
      const elapsedMs = Math.max(monotonicNow() - beganMs, 0.01);
      if (round.calls.tally().ok === 0) {
        // One call that fails at once tells nothing of the next.
        if (number === 1 && this.#firstRate === undefined && elapsedMs < WARM_UP_MS) {
          number = CALLS_TO_GIVE_UP;
          continue;
        }
        // More of the same would tell nothing, but what failed has to be told.
        this.#levels.push({ concurrency, number, rounds: [round] });
        return false;
      }
      const known = this.#firstRate !== undefined;
      if (known) return true;
      if (elapsedMs >= WARM_UP_MS || number > 1) this.#firstRate = (number / elapsedMs) * 1000;
      if (elapsedMs >= WARM_UP_MS) return true;
      number = Math.ceil((number * WARM_UP_MS) / elapsedMs);
    }
  }

  #warmUpCalls(concurrency: number): number {
    if (this.#settings.over === 'number') return concurrency;
    return Math.max(concurrency, Math.ceil((this.#rateBelow(concurrency) * WARM_UP_MS) / 1000));
  }

  async #round(
    number: number,
    concurrency: number,
    stage: 'warm-up' | 'round',
    round: number,
  ): Promise<Round | undefined> {
    if (this.#signal.aborted) return undefined;
    const { calls, result } = this.#worker.startRound(number, concurrency, false);
    const name = `${concurrency} in flight`;
    this.#listener({ name, number, stage, round, rounds: 'fit', tally: () => calls.tally() });
    return result;
  }
}
