import type { CallFailureCode } from '../core/call-failure.js';
import type { CallLog } from '../core/call-log.js';
import { monotonicNow } from '../core/clock.js';
import { TaskError } from '../core/task-error.js';
import type { Bytes, Milliseconds } from '../core/units.js';

/** What a recorder needs to know of a result: the status of the answer, 0 where there is none, and the answer. */
export interface Recordable {
  readonly status: number;
  readonly value: unknown;
  readonly bytes?: Bytes;
  readonly serverQueueMs?: Milliseconds;
  readonly connectedMs?: Milliseconds;
  readonly firstByteMs?: Milliseconds;
}

/** Who wants to hear of calls beside the log they are recorded in. */
export interface RecorderListener {
  /** A call ended well. */
  answered?(index: number, value: unknown): void;
  /** A call failed; told of the first failure of each kind only. */
  failedFirst(code: CallFailureCode, message: string): void;
}

/** Times every call of one round and notes how it ended. The calls it hands out neither throw nor reject. */
export class Recorder {
  readonly #log: CallLog;
  readonly #listener: RecorderListener;
  readonly #originMs: Milliseconds;
  readonly #seen = new Set<CallFailureCode>();
  #isStopped = false;
  #onStop = (): void => {};
  /** Resolves when the recorder is stopped. */
  readonly stopped: Promise<void> = new Promise((resolve) => {
    this.#onStop = resolve;
  });
  #bytes = 0;
  #queueMs = 0;
  #queued = 0;

  /** The round begins now. */
  constructor(log: CallLog, listener: RecorderListener) {
    this.#log = log;
    this.#listener = listener;
    this.#originMs = monotonicNow();
  }

  /** The time since the round began. */
  elapsedMs(): Milliseconds {
    return monotonicNow() - this.#originMs;
  }

  /** What the results told beside the answers, summed up. */
  told(): { readonly bytes: Bytes; readonly serverQueueMs: Milliseconds | undefined } {
    const serverQueueMs = this.#queued === 0 ? undefined : this.#queueMs / this.#queued;
    return { bytes: this.#bytes, serverQueueMs };
  }

  /** Records nothing from now on: calls in flight stay so. */
  stop(): void {
    this.#isStopped = true;
    this.#onStop();
  }

  /** Whether nothing is recorded any more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The call, recorded, for modes that block. */
  blocking(call: (index: number) => Recordable): (index: number) => void {
    return (index) => {
      if (this.#isStopped) return;
      this.#log.begin(index, this.elapsedMs());
      try {
        this.#succeed(index, call(index));
      } catch (error) {
        this.#fail(index, error);
      }
    };
  }

  /** The call, recorded, for modes that await. */
  awaiting(call: (index: number) => PromiseLike<Recordable>): (index: number) => Promise<void> {
    return async (index) => {
      if (this.#isStopped) return;
      this.#log.begin(index, this.elapsedMs());
      try {
        this.#succeed(index, await call(index));
      } catch (error) {
        this.#fail(index, error);
      }
    };
  }

  #succeed(index: number, result: Recordable): void {
    if (this.#isStopped) return;
    const { status, value, bytes, serverQueueMs, connectedMs, firstByteMs } = result;
    if (bytes !== undefined) this.#bytes += bytes;
    if (serverQueueMs !== undefined) {
      this.#queueMs += serverQueueMs;
      this.#queued += 1;
    }
    if (connectedMs !== undefined && firstByteMs !== undefined) {
      this.#log.reach?.(index, connectedMs, firstByteMs);
    }
    this.#log.end(index, this.elapsedMs(), status);
    this.#listener.answered?.(index, value);
  }

  #fail(index: number, error: unknown): void {
    if (this.#isStopped) return;
    const { code, status, message } = TaskError.record(error);
    this.#log.end(index, this.elapsedMs(), status, code);
    if (this.#seen.has(code)) return;
    this.#seen.add(code);
    this.#listener.failedFirst(code, message);
  }
}
