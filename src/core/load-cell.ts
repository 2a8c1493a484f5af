import { HISTOGRAM_LENGTH, LatencyHistogram } from './latency-histogram.js';
import type { LoadBucket } from './load.js';

const OK = 0;
const FAILED = 1;
const MOST_IN_FLIGHT = 2;
const HEAD = 3;

/** Numbers of 32 bits that one cell is made of. */
export function cellLength(isOpen: boolean): number {
  return HEAD + (isOpen ? 3 : 1) * HISTOGRAM_LENGTH;
}

/** What happened in one stretch of time, in whatever memory it is given. An open loop needs three histograms, a closed one. */
export class LoadCell implements LoadBucket {
  readonly service: LatencyHistogram;
  readonly latency: LatencyHistogram;
  readonly lateness: LatencyHistogram | undefined;
  readonly #head: Uint32Array;

  /** The cell in `numbers`, whose length has to be that of `cellLength`. */
  constructor(numbers: Uint32Array, isOpen: boolean) {
    const histogram = (place: number): LatencyHistogram => {
      const at = HEAD + place * HISTOGRAM_LENGTH;
      return new LatencyHistogram(numbers.subarray(at, at + HISTOGRAM_LENGTH));
    };
    this.#head = numbers.subarray(0, HEAD);
    this.service = histogram(0);
    this.latency = isOpen ? histogram(1) : this.service;
    this.lateness = isOpen ? histogram(2) : undefined;
  }

  get ok(): number {
    return this.#head[OK] ?? 0;
  }

  get failed(): number {
    return this.#head[FAILED] ?? 0;
  }

  get inFlight(): number {
    return this.#head[MOST_IN_FLIGHT] ?? 0;
  }

  /** Notes that a call ended well. */
  noteOk(): void {
    this.#head[OK] = this.ok + 1;
  }

  /** Notes that a call failed. */
  noteFailed(): void {
    this.#head[FAILED] = this.failed + 1;
  }

  /** Notes how many calls are in flight. */
  noteInFlight(calls: number): void {
    if (calls > this.inFlight) this.#head[MOST_IN_FLIGHT] = calls;
  }

  /** Notes all that another cell holds. */
  add(other: LoadCell): void {
    this.#head[OK] = this.ok + other.ok;
    this.#head[FAILED] = this.failed + other.failed;
    this.noteInFlight(other.inFlight);
    this.service.add(other.service);
    if (this.latency !== this.service) this.latency.add(other.latency);
    if (other.lateness !== undefined) this.lateness?.add(other.lateness);
  }

  /** Forgets everything. */
  clear(): void {
    this.#head.fill(0);
    this.service.clear();
    this.latency.clear();
    this.lateness?.clear();
  }
}
