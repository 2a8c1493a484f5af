import { CALL_FAILURE_CODES, type CallFailureCode } from './call-failure.js';
import type { CallTally } from './call-columns.js';
import type { CallLog } from './call-log.js';
import type { LoadBucket } from './load.js';
import { cellLength, LoadCell } from './load-cell.js';
import type { Milliseconds } from './units.js';

/** Most buckets of time; when more are needed, two become one. */
export const MOST_BUCKETS = 120;

// Whole numbers: calls begun, those that ended well and those that failed, those that were due and never begun, how often
// two buckets have become one, the buckets in use, and the failures of each kind.
const BEGUN = 0;
const ENDED_OK = 1;
const ENDED_FAILED = 2;
const NEVER_BEGUN = 3;
const FOLDS = 4;
const USED = 5;
const KINDS = 6;
const HEAD = KINDS + CALL_FAILURE_CODES.length;

/** How the calls of a load run are written down. */
export interface LoadLayout {
  /** Width of the buckets at first, in milliseconds. */
  readonly bucketMs: Milliseconds;
  /** Time between the intended starts of two calls in an open loop; `undefined` in a closed one. */
  readonly intervalMs: Milliseconds | undefined;
}

/**
 * The calls of a load run: not one by one but as histograms, one for each bucket of time (three in an open loop), so that the
 * memory is the same whatever the number of calls and a part of the time can be left out afterwards. A call belongs to the
 * bucket in which it ends. It all lies in memory shared between threads, 11 MB of it or 34 in an open loop, of which only
 * what is written to is ever occupied.
 */
export class LoadColumns implements CallLog {
  readonly layout: LoadLayout;
  readonly buffer: SharedArrayBuffer;
  readonly #head: Uint32Array;
  readonly #cells: readonly LoadCell[];
  // Only whoever writes knows when the calls in flight began.
  readonly #startsMs = new Map<number, Milliseconds>();
  #bucketMs: Milliseconds;

  /** Columns of nothing, or a view of what is in `buffer`, which another `LoadColumns` of the same layout made. */
  constructor(layout: LoadLayout, buffer?: SharedArrayBuffer) {
    const isOpen = layout.intervalMs !== undefined;
    const length = cellLength(isOpen);
    this.layout = layout;
    this.buffer = buffer ?? new SharedArrayBuffer(4 * (HEAD + MOST_BUCKETS * length));
    this.#bucketMs = layout.bucketMs;
    this.#head = new Uint32Array(this.buffer, 0, HEAD);
    this.#cells = Array.from({ length: MOST_BUCKETS }, (_, index) => {
      const numbers = new Uint32Array(this.buffer, 4 * (HEAD + index * length), length);
      return new LoadCell(numbers, isOpen);
    });
  }

  /** Notes that the call began. */
  begin(index: number, startMs: Milliseconds): void {
    this.#startsMs.set(index, startMs);
    this.#count(BEGUN, 1);
    this.#cellAt(startMs).noteInFlight(this.#startsMs.size);
  }

  /** Notes how the call ended. One that failed has no latency. */
  end(index: number, endMs: Milliseconds, _status: number, failure?: CallFailureCode): void {
    const startMs = this.#startsMs.get(index) ?? endMs;
    this.#startsMs.delete(index);
    const cell = this.#cellAt(endMs);
    if (failure !== undefined) {
      this.#count(ENDED_FAILED, 1);
      this.#count(KINDS + CALL_FAILURE_CODES.indexOf(failure), 1);
      cell.noteFailed();
      return;
    }
    this.#count(ENDED_OK, 1);
    cell.noteOk();
    cell.service.record(endMs - startMs);
    const { intervalMs } = this.layout;
    if (intervalMs !== undefined) cell.latency.record(endMs - index * intervalMs);
  }

  /** Notes how late a call begins although it could have begun: that is our own doing. */
  late(byMs: Milliseconds, nowMs: Milliseconds): void {
    this.#cellAt(nowMs).lateness?.record(byMs);
  }

  /** Notes calls that were due and are not begun any more. */
  neverBegun(calls: number): void {
    this.#count(NEVER_BEGUN, calls);
  }

  /** How many calls have begun, have ended well, and have failed so far. */
  tally(): CallTally & { readonly neverBegun: number } {
    return {
      begun: this.#at(BEGUN),
      ok: this.#at(ENDED_OK),
      failed: this.#at(ENDED_FAILED),
      neverBegun: this.#at(NEVER_BEGUN),
    };
  }

  /** Which call is in flight is known only to whoever makes it. */
  firstInFlight(): undefined {
    return undefined;
  }

  /** How many calls have failed in which way, in the order of `CALL_FAILURE_CODES`. */
  failures(): readonly (readonly [CallFailureCode, number])[] {
    return CALL_FAILURE_CODES.map((code, kind) => [code, this.#at(KINDS + kind)]);
  }

  /** Width of the buckets as it is now, in milliseconds. */
  bucketMs(): Milliseconds {
    return this.layout.bucketMs * 2 ** this.#at(FOLDS);
  }

  /** The buckets from the beginning to the last one that was written to. */
  buckets(): readonly LoadBucket[] {
    return this.#cells.slice(0, this.#at(USED));
  }

  /** A copy that nobody writes to any more. */
  freeze(): LoadColumns {
    const copy = new LoadColumns(this.layout);
    copy.#head.set(this.#head);
    // Cell by cell, since what was never written to occupies no memory. That takes some milliseconds, in which a thread that
    // did not hear that it is over goes on: what the cells hold then is what counts.
    this.#cells.forEach((cell, index) => copy.#cells[index]?.add(cell));
    const ok = copy.#cells.reduce((sum, cell) => sum + cell.ok, 0);
    const failed = copy.#cells.reduce((sum, cell) => sum + cell.failed, 0);
    copy.#head[ENDED_OK] = ok;
    copy.#head[ENDED_FAILED] = failed;
    copy.#head[BEGUN] = Math.max(this.#at(BEGUN), ok + failed);
    return copy;
  }

  #cellAt(timeMs: Milliseconds): LoadCell {
    let index = Math.floor(timeMs / this.#bucketMs);
    while (index >= MOST_BUCKETS) {
      this.#fold();
      index = Math.floor(timeMs / this.#bucketMs);
    }
    if (index >= this.#at(USED)) this.#head[USED] = index + 1;
    const cell = this.#cells[index];
    if (cell === undefined) throw new RangeError(`no bucket for a time of ${timeMs} ms`);
    return cell;
  }

  // Two neighbours become one of twice the width.
  #fold(): void {
    this.#cells.forEach((from, index) => {
      const into = this.#cells[index >> 1];
      // The first stays where it is; the first of any other two moves to a place that has been emptied.
      if (into === undefined || into === from) return;
      into.add(from);
      from.clear();
    });
    this.#bucketMs *= 2;
    this.#count(FOLDS, 1);
    this.#head[USED] = Math.ceil(this.#at(USED) / 2);
  }

  #count(what: number, times: number): void {
    this.#head[what] = this.#at(what) + times;
  }

  #at(what: number): number {
    return this.#head[what] ?? 0;
  }
}
