import { spreadOf, type Spread } from '../samples.js';
import type { Outcome, State } from './contender.js';
import type { Throughput } from './wrk.js';

/** What was measured in every round: one tool in one setting, a number of calls, a state of the connections. */
export interface Case {
  readonly name: string;
  readonly number: number;
  readonly state: State;
}

/** What became of a case in the rounds. */
export interface Tally {
  readonly rounds: number;
  /** Rounds in which no call failed; only their times count. */
  readonly clean: number;
  readonly failedCalls: number;
  /** Why rounds gave no time at all, each reason once. */
  readonly reasons: readonly string[];
}

/** The outcomes of every case, one a round. A time with failed calls in it is never used: a failed call is fast. */
export class Results {
  readonly #outcomes = new Map<string, Outcome[]>();
  readonly #rates = new Map<number, Throughput[]>();

  /** Adds what came of a case in the next round. */
  add(which: Case, outcome: Outcome): void {
    const key = keyOf(which);
    this.#outcomes.set(key, [...(this.#outcomes.get(key) ?? []), outcome]);
  }

  /** Adds what wrk did on so many connections in the next round. */
  addRate(connections: number, throughput: Throughput): void {
    this.#rates.set(connections, [...(this.#rates.get(connections) ?? []), throughput]);
  }

  /** Seconds in the clean rounds. */
  seconds(which: Case): Spread | undefined {
    return spreadOf(this.#clean(which).filter((seconds) => seconds !== undefined));
  }

  /** Calls completed a second in the clean rounds. */
  callsPerSecond(which: Case): Spread | undefined {
    const seconds = this.#clean(which).filter((value) => value !== undefined);
    return spreadOf(seconds.map((value) => which.number / value));
  }

  /** How many times as long `upper` took as `lower`, taken round by round, since a round's measurements stand together. */
  ratio(upper: Case, lower: Case): Spread | undefined {
    const below = this.#clean(lower);
    const ratios = this.#clean(upper).flatMap((seconds, round) => {
      const other = below[round];
      return seconds === undefined || other === undefined ? [] : [seconds / other];
    });
    return spreadOf(ratios);
  }

  /** wrk's calls per second in the rounds without a failed call. */
  rate(connections: number): Spread | undefined {
    const rates = this.#rates.get(connections) ?? [];
    return spreadOf(
      rates.flatMap((rate) => (rate.kind === 'rate' && rate.failed === 0 ? [rate.perSecond] : [])),
    );
  }

  /** What became of a case, failures included; `undefined` when it was not measured. */
  tally(which: Case): Tally | undefined {
    return tallyOf(this.#outcomes.get(keyOf(which)) ?? []);
  }

  /** What became of wrk on so many connections. */
  rateTally(connections: number): Tally | undefined {
    return tallyOf(this.#rates.get(connections) ?? []);
  }

  #clean(which: Case): (number | undefined)[] {
    const outcomes = this.#outcomes.get(keyOf(which)) ?? [];
    return outcomes.map((outcome) =>
      outcome.kind === 'time' && outcome.failed === 0 ? outcome.seconds : undefined,
    );
  }
}

function keyOf({ name, number, state }: Case): string {
  return `${name} ${number} ${state}`;
}

function tallyOf(outcomes: readonly (Outcome | Throughput)[]): Tally | undefined {
  if (outcomes.length === 0) return undefined;
  const failed = outcomes.map((outcome) => (outcome.kind === 'none' ? 0 : outcome.failed));
  const reasons = outcomes.flatMap((outcome) => (outcome.kind === 'none' ? [outcome.reason] : []));
  return {
    rounds: outcomes.length,
    clean: outcomes.filter((outcome) => outcome.kind !== 'none' && outcome.failed === 0).length,
    failedCalls: failed.reduce((sum, count) => sum + count, 0),
    reasons: [...new Set(reasons)],
  };
}
