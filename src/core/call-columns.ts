import { CALL_FAILURE_CODES, type CallFailureCode } from './call-failure.js';

const BYTES_A_ROW = 8 + 8 + 4 + 4 + 2 + 1;
const COUNTERS_BYTES = 16;
const BEGUN = 0;
const OK = 1;
const FAILED = 2;

/** What became of a call. */
export type CallOutcome = 'not started' | 'in flight' | 'ok' | CallFailureCode;

const OUTCOMES: readonly CallOutcome[] = ['not started', 'in flight', 'ok', ...CALL_FAILURE_CODES];

/** The moments between the parts of a call, in milliseconds since it began, in order and none after its end. */
export interface CallMoments {
  readonly connectedMs: number;
  readonly firstByteMs: number;
}

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
  /** When the call had its connection, in milliseconds since it began; meaningful where `firstByteMs` is. */
  readonly connectedMs: Float32Array;
  /** When its answer began to come, in milliseconds since it began; 0 where that is not known. */
  readonly firstByteMs: Float32Array;
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
    this.connectedMs = new Float32Array(buffer, COUNTERS_BYTES + number * 16, number);
    this.firstByteMs = new Float32Array(buffer, COUNTERS_BYTES + number * 20, number);
    this.status = new Uint16Array(buffer, COUNTERS_BYTES + number * 24, number);
    this.#outcomes = new Uint8Array(buffer, COUNTERS_BYTES + number * 26, number);
  }

  /** Notes that the call began. */
  begin(index: number, startMs: number): void {
    this.startMs[index] = startMs;
    Atomics.store(this.#outcomes, index, 1);
    Atomics.add(this.#counters, BEGUN, 1);
  }

  /** Notes when the call had its connection and when its answer began to come, in milliseconds since it began. */
  reach(index: number, connectedMs: number, firstByteMs: number): void {
    this.connectedMs[index] = connectedMs;
    this.firstByteMs[index] = firstByteMs;
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

  /** When a call that is over had its connection and when its answer began to come; `undefined` where that is not known. */
  moments(index: number): CallMoments | undefined {
    const firstByteMs = this.firstByteMs[index] ?? 0;
    if (firstByteMs === 0) return undefined;
    // Four bytes hold seven digits, so that a moment may seem to lie behind the end that eight bytes hold.
    const first = Math.min(firstByteMs, this.durationMs[index] ?? 0);
    return { connectedMs: Math.min(this.connectedMs[index] ?? 0, first), firstByteMs: first };
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
