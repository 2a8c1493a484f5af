import { CALL_FAILURE_CODES, type CallFailureCode } from './call-failure.js';

const BYTES_A_ROW = 8 + 8 + 2 + 1;
const COUNTERS_BYTES = 16;
const BEGUN = 0;
const OK = 1;
const FAILED = 2;

/** What became of a call. */
export type CallOutcome = 'not started' | 'in flight' | 'ok' | CallFailureCode;

const OUTCOMES: readonly CallOutcome[] = ['not started', 'in flight', 'ok', ...CALL_FAILURE_CODES];

/** How far a round has come. */
export interface CallTally {
  readonly begun: number;
  readonly ok: number;
  readonly failed: number;
}

/**
 * The calls of one round as columns, one row a call, in call order. They lie in memory shared between threads, so that
 * the thread that shows progress can read them while the thread that makes the calls is blocked.
 */
export class CallColumns {
  readonly number: number;
  readonly buffer: SharedArrayBuffer;
  /** When the call began, in milliseconds since the round began. */
  readonly startMs: Float64Array;
  /** How long the call took, in milliseconds; meaningful once the call is `ok` or failed. */
  readonly durationMs: Float64Array;
  /** The status of the answer, 0 where none came or the task has none. */
  readonly status: Uint16Array;
  readonly #outcomes: Uint8Array;
  readonly #counters: Int32Array;

  /** Columns of `number` empty rows, or a view of the rows in `buffer`, which another `CallColumns` made. */
  constructor(
    number: number,
    buffer: SharedArrayBuffer = new SharedArrayBuffer(COUNTERS_BYTES + number * BYTES_A_ROW),
  ) {
    this.number = number;
    this.buffer = buffer;
    this.#counters = new Int32Array(buffer, 0, COUNTERS_BYTES / 4);
    this.startMs = new Float64Array(buffer, COUNTERS_BYTES, number);
    this.durationMs = new Float64Array(buffer, COUNTERS_BYTES + number * 8, number);
    this.status = new Uint16Array(buffer, COUNTERS_BYTES + number * 16, number);
    this.#outcomes = new Uint8Array(buffer, COUNTERS_BYTES + number * 18, number);
  }

  /** Notes that the call began. */
  begin(index: number, startMs: number): void {
    this.startMs[index] = startMs;
    Atomics.store(this.#outcomes, index, 1);
    Atomics.add(this.#counters, BEGUN, 1);
  }

  /** Notes how the call ended; the outcome is written last, so that whoever sees it sees the rest too. */
  end(index: number, endMs: number, status: number, failure?: CallFailureCode): void {
    this.durationMs[index] = endMs - (this.startMs[index] ?? 0);
    this.status[index] = status;
    const outcome = failure === undefined ? 2 : 3 + CALL_FAILURE_CODES.indexOf(failure);
    Atomics.store(this.#outcomes, index, outcome);
    Atomics.add(this.#counters, failure === undefined ? OK : FAILED, 1);
  }

  /** What became of the call. */
  outcome(index: number): CallOutcome {
    return OUTCOMES[Atomics.load(this.#outcomes, index)] ?? 'not started';
  }

  /** The first call that is in flight; `undefined` when none is. */
  firstInFlight(): number | undefined {
    const found = this.#outcomes.indexOf(1);
    return found === -1 ? undefined : found;
  }

  /** A copy that nobody writes to any more. */
  freeze(): CallColumns {
    return new CallColumns(this.number, this.buffer.slice(0));
  }

  /** How many calls have begun, have ended well, and have failed so far. */
  tally(): CallTally {
    return {
      begun: Atomics.load(this.#counters, BEGUN),
      ok: Atomics.load(this.#counters, OK),
      failed: Atomics.load(this.#counters, FAILED),
    };
  }
}
