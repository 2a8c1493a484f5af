import type { Milliseconds } from './units.js';

/** The longest latency that is told apart from longer ones: 2^32 - 1 µs, 71 minutes. */
export const LONGEST_MS: Milliseconds = (2 ** 32 - 1) / 1000;

// Values below 2^11 µs have a cell each. Above, every octave has 2^10 cells of equal width, so that the width of a cell is
// less than a thousandth of what is in it: three significant digits.
const HALF_BITS = 10;
const HALF = 2 ** HALF_BITS;
const OCTAVES_ABOVE = 32 - HALF_BITS - 1;
const MIN_US = 0;
const MAX_US = 1;
const FIRST_CELL = 2;

/** Numbers of 32 bits that one histogram is made of. */
export const HISTOGRAM_LENGTH: number = FIRST_CELL + (OCTAVES_ABOVE + 2) * HALF;

/**
 * How often which latency was seen, from 1 µs to over an hour with three significant digits, in 94 kB whatever the number of
 * calls. It lies in whatever memory it is given, shared memory too; recording is a few operations on whole numbers.
 *
 * Source: Gil Tene, HdrHistogram (hdrhistogram.org): the cells are those of its layout with lowest value 1, three digits.
 */
export class LatencyHistogram {
  readonly #numbers: Uint32Array;

  /** An empty histogram, or the one in `numbers`, whose length has to be `HISTOGRAM_LENGTH`. */
  constructor(numbers: Uint32Array = new Uint32Array(HISTOGRAM_LENGTH)) {
    this.#numbers = numbers;
  }

  /** Notes a latency, rounded to a microsecond and never below one. */
  record(latencyMs: Milliseconds): void {
    this.#note(Math.min(Math.max(Math.round(latencyMs * 1000), 1), 2 ** 32 - 1), 1);
  }

  /** How many latencies were noted. */
  count(): number {
    let count = 0;
    for (const [, times] of this.cells()) count += times;
    return count;
  }

  /** The shortest latency; `undefined` when there is none. */
  minMs(): Milliseconds | undefined {
    return this.#isEmpty() ? undefined : this.#at(MIN_US) / 1000;
  }

  /** The longest latency; `undefined` when there is none. */
  maxMs(): Milliseconds | undefined {
    return this.#isEmpty() ? undefined : this.#at(MAX_US) / 1000;
  }

  /** The mean latency, within a thousandth; `undefined` when there is none. */
  meanMs(): Milliseconds | undefined {
    let sum = 0;
    let count = 0;
    for (const [lowest, times] of this.cells()) {
      sum += times * (lowest + highestWith(lowest)) * 0.5;
      count += times;
    }
    return count === 0 ? undefined : sum / count / 1000;
  }

  /**
   * The nearest-rank percentile of a share from 0 to 1: at least that share of all latencies do not exceed it, and it is
   * less than a thousandth above one that was seen. `undefined` when there is none.
   */
  percentileMs(share: number): Milliseconds | undefined {
    const rank = Math.max(Math.ceil(Number((share * this.count()).toPrecision(12))), 1);
    let seen = 0;
    for (const [lowest, times] of this.cells()) {
      seen += times;
      if (seen >= rank) return Math.min(highestWith(lowest), this.#at(MAX_US)) / 1000;
    }
    return undefined;
  }

  /** Notes all that another one holds. */
  add(other: LatencyHistogram): void {
    if (other.#isEmpty()) return;
    this.#widen(other.#at(MIN_US), other.#at(MAX_US));
    for (let cell = cellOf(other.#at(MIN_US)); cell <= cellOf(other.#at(MAX_US)); cell += 1) {
      this.#numbers[cell] = this.#at(cell) + other.#at(cell);
    }
  }

  /** Notes a value in microseconds so many times, as when a histogram is read back. */
  addValue(valueUs: number, times: number): void {
    this.#note(valueUs, times);
  }

  /** Forgets everything. */
  clear(): void {
    // What was never written to occupies no memory, and is not written to here either.
    if (!this.#isEmpty()) {
      this.#numbers.fill(0, cellOf(this.#at(MIN_US)), cellOf(this.#at(MAX_US)) + 1);
      this.#numbers.fill(0, 0, FIRST_CELL);
    }
  }

  /** The lowest value in microseconds of each cell that holds something, ascending, and how often it was seen. */
  *cells(): Generator<readonly [lowestUs: number, times: number]> {
    if (this.#isEmpty()) return;
    for (let cell = cellOf(this.#at(MIN_US)); cell <= cellOf(this.#at(MAX_US)); cell += 1) {
      const times = this.#at(cell);
      if (times > 0) yield [lowestIn(cell), times];
    }
  }

  #note(valueUs: number, times: number): void {
    const cell = cellOf(valueUs);
    this.#numbers[cell] = this.#at(cell) + times;
    this.#widen(valueUs, valueUs);
  }

  #widen(minUs: number, maxUs: number): void {
    if (this.#isEmpty() || minUs < this.#at(MIN_US)) this.#numbers[MIN_US] = minUs;
    if (maxUs > this.#at(MAX_US)) this.#numbers[MAX_US] = maxUs;
  }

  #isEmpty(): boolean {
    return this.#at(MAX_US) === 0;
  }

  #at(index: number): number {
    return this.#numbers[index] ?? 0;
  }
}

// How many octaves a value lies above those that have a cell each.
function octaveOf(valueUs: number): number {
  return Math.max(31 - Math.clz32(valueUs) - HALF_BITS, 0);
}

function cellOf(valueUs: number): number {
  const octave = octaveOf(valueUs);
  return FIRST_CELL + octave * HALF + (valueUs >>> octave);
}

function lowestIn(cell: number): number {
  const place = cell - FIRST_CELL;
  const octave = Math.max(Math.floor(place / HALF) - 1, 0);
  return (place - octave * HALF) * 2 ** octave;
}

// The highest value that shares a cell with the lowest one in it.
function highestWith(lowestUs: number): number {
  return lowestUs + 2 ** octaveOf(lowestUs) - 1;
}
