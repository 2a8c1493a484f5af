import { CALL_FAILURE_CODES, type CallFailureCode } from './call-failure.js';
import type { CallTally } from './call-columns.js';
import type { CallLog } from './call-log.js';
import { HISTOGRAM_LENGTH, LatencyHistogram } from './latency-histogram.js';
import type { LoadBucket } from './load.js';
import type { Milliseconds } from './units.js';

/** Most buckets of time; when more are needed, two become one. */
export const MOST_BUCKETS = 120;

const OK = 0;
const FAILED = 1;
const MOST_IN_FLIGHT = 2;
const BUCKET_HEAD = 4;
// Whole numbers: calls begun, those that ended well and those that failed, how often two buckets have become one, the
// buckets in use, and the failures of each kind.
const BEGUN = 0;
const ENDED_OK = 1;
const ENDED_FAILED = 2;
const FOLDS = 3;
const USED = 4;
const KINDS = 5;
const HEAD = KINDS + CALL_FAILURE_CODES.length;

/** How the calls of a load run are written down. */
export interface LoadLayout {
  /** Width of the buckets at first, in milliseconds. */
  readonly bucketMs: Milliseconds;
  /** Time between the intended starts of two calls in an open loop; `undefined` in a closed one. */
  readonly intervalMs: Milliseconds | undefined;
}

/**
 * The calls of a load run: not one by one but as histograms, one or two for each bucket of time, so that the memory is the
 * same whatever the number of calls and a part of the time can be left out afterwards. A call belongs to the bucket in which
 * it ends. It all lies in memory shared between threads, 23 MB of which only what is written to is ever occupied.
 */
export class LoadColumns implements CallLog {
  readonly layout: LoadLayout;
  readonly buffer: SharedArrayBuffer;
  readonly #head: Uint32Array;
  readonly #buckets: readonly Bucket[];
  readonly #lateness: LatencyHistogram;
  // Only whoever writes knows when the calls in flight began.
  readonly #startsMs = new Map<number, Milliseconds>();
  #bucketMs: Milliseconds;

  /** Columns of nothing, or a view of what is in `buffer`, which another `LoadColumns` of the same layout made. */
  constructor(layout: LoadLayout, buffer?: SharedArrayBuffer) {
    const histograms = layout.intervalMs === undefined ? 1 : 2;
    const length = BUCKET_HEAD + histograms * HISTOGRAM_LENGTH;
    this.layout = layout;
    this.buffer =
      buffer ?? new SharedArrayBuffer(4 * (HEAD + HISTOGRAM_LENGTH + MOST_BUCKETS * length));
    this.#bucketMs = layout.bucketMs;
    this.#head = new Uint32Array(this.buffer, 0, HEAD);
    this.#lateness = new LatencyHistogram(this.#numbers(HEAD, HISTOGRAM_LENGTH));
    this.#buckets = Array.from({ length: MOST_BUCKETS }, (_, index) => {
      const at = HEAD + HISTOGRAM_LENGTH + index * length;
      const service = new LatencyHistogram(this.#numbers(at + BUCKET_HEAD, HISTOGRAM_LENGTH));
      const latency =
        histograms === 1
          ? service
          : new LatencyHistogram(
              this.#numbers(at + BUCKET_HEAD + HISTOGRAM_LENGTH, HISTOGRAM_LENGTH),
            );
      return { head: this.#numbers(at, BUCKET_HEAD), service, latency };
    });
  }

  /** Notes that the call began. */
  begin(index: number, startMs: Milliseconds): void {
    this.#startsMs.set(index, startMs);
    this.#count(BEGUN);
    const head = this.#bucketAt(startMs).head;
    head[MOST_IN_FLIGHT] = Math.max(head[MOST_IN_FLIGHT] ?? 0, this.#startsMs.size);
  }

  /** Notes how the call ended. One that failed has no latency. */
  end(index: number, endMs: Milliseconds, _status: number, failure?: CallFailureCode): void {
    const startMs = this.#startsMs.get(index) ?? endMs;
    this.#startsMs.delete(index);
    const bucket = this.#bucketAt(endMs);
    if (failure !== undefined) {
      this.#count(ENDED_FAILED);
      this.#count(KINDS + CALL_FAILURE_CODES.indexOf(failure));
      bucket.head[FAILED] = (bucket.head[FAILED] ?? 0) + 1;
      return;
    }
    this.#count(ENDED_OK);
    bucket.head[OK] = (bucket.head[OK] ?? 0) + 1;
    bucket.service.record(endMs - startMs);
    const { intervalMs } = this.layout;
    if (intervalMs !== undefined) bucket.latency.record(endMs - index * intervalMs);
  }

  /** Notes how late a call began although it could have: that is our own doing. */
  late(byMs: Milliseconds): void {
    this.#lateness.record(byMs);
  }

  /** How many calls have begun, have ended well, and have failed so far. */
  tally(): CallTally {
    return { begun: this.#at(BEGUN), ok: this.#at(ENDED_OK), failed: this.#at(ENDED_FAILED) };
  }

  /** Which call is in flight is known only to whoever makes it. */
  firstInFlight(): undefined {
    return undefined;
  }

  /** How many calls have failed in which way, in the order of `CALL_FAILURE_CODES`. */
  failures(): readonly (readonly [CallFailureCode, number])[] {
    return CALL_FAILURE_CODES.map((code, kind) => [code, this.#at(KINDS + kind)]);
  }

  /** How late calls began although they could have, in milliseconds. */
  lateness(): LatencyHistogram {
    return this.#lateness;
  }

  /** Width of the buckets as it is now, in milliseconds. */
  bucketMs(): Milliseconds {
    return this.layout.bucketMs * 2 ** this.#at(FOLDS);
  }

  /** The buckets from the beginning to the last one that was written to. */
  buckets(): LoadBucket[] {
    return this.#buckets.slice(0, this.#at(USED)).map(({ head, service, latency }) => ({
      ok: head[OK] ?? 0,
      failed: head[FAILED] ?? 0,
      inFlight: head[MOST_IN_FLIGHT] ?? 0,
      service,
      latency,
    }));
  }

  /** A copy that nobody writes to any more. */
  freeze(): LoadColumns {
    return new LoadColumns(this.layout, this.buffer.slice(0));
  }

  #bucketAt(timeMs: Milliseconds): Bucket {
    let index = Math.floor(timeMs / this.#bucketMs);
    while (index >= MOST_BUCKETS) {
      this.#fold();
      index = Math.floor(timeMs / this.#bucketMs);
    }
    if (index >= this.#at(USED)) this.#head[USED] = index + 1;
    const bucket = this.#buckets[index];
    if (bucket === undefined) throw new RangeError(`no bucket for a time of ${timeMs} ms`);
    return bucket;
  }

  // Two neighbours become one of twice the width.
  #fold(): void {
    for (let index = 0; index < MOST_BUCKETS; index += 1) {
      const from = this.#buckets[index];
      const into = this.#buckets[index >> 1];
      if (from === undefined || into === undefined || from === into) continue;
      // The first of two moves to a place that has been emptied.
      fill(into, from);
      empty(from);
    }
    this.#bucketMs *= 2;
    this.#count(FOLDS);
    this.#head[USED] = Math.ceil(this.#at(USED) / 2);
  }

  #count(what: number): void {
    this.#head[what] = this.#at(what) + 1;
  }

  #at(what: number): number {
    return this.#head[what] ?? 0;
  }

  #numbers(at: number, length: number): Uint32Array {
    return new Uint32Array(this.buffer, 4 * at, length);
  }
}

interface Bucket {
  readonly head: Uint32Array;
  readonly service: LatencyHistogram;
  /** The same as `service` in a closed loop. */
  readonly latency: LatencyHistogram;
}

function fill({ head, service, latency }: Bucket, from: Bucket): void {
  head[OK] = (head[OK] ?? 0) + (from.head[OK] ?? 0);
  head[FAILED] = (head[FAILED] ?? 0) + (from.head[FAILED] ?? 0);
  head[MOST_IN_FLIGHT] = Math.max(head[MOST_IN_FLIGHT] ?? 0, from.head[MOST_IN_FLIGHT] ?? 0);
  service.add(from.service);
  if (latency !== service) latency.add(from.latency);
}

function empty({ head, service, latency }: Bucket): void {
  head.fill(0);
  service.clear();
  if (latency !== service) latency.clear();
}
