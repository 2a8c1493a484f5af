import type { Connecting } from '../core/run.js';
import type { Bytes, Milliseconds } from '../core/units.js';

/** What doing a task once brought. */
export interface TaskResult {
  /** The status of an HTTP answer, 0 where there is none. */
  readonly status: number;
  readonly value: unknown;
  /** Size of the body that came in, or was read. */
  readonly bytes?: Bytes;
  /** How long the server said that the call had to queue. */
  readonly serverQueueMs?: Milliseconds;
  /** When the call had its connection, since it began. */
  readonly connectedMs?: Milliseconds;
  /** When the answer began to come, since the call began. */
  readonly firstByteMs?: Milliseconds;
}

/** Something to do once, again and again, while the thread stays free. */
export interface Task {
  /** Does it once, inside `within`; rejects with a `TaskError` when it fails. */
  readonly call: (index: number) => PromiseLike<TaskResult>;
  /** Does `work` with the event loop running on which the calls are made. */
  within(work: () => Promise<unknown>): Promise<unknown>;
  /** The connections set up since this was last asked. */
  connecting(): Connecting;
  /** Gives up what is under way. */
  close(): void;
}

/** The same while the calling thread is blocked. */
export interface BlockingTask {
  /** Does it once; throws a `TaskError` when it fails. */
  readonly call: (index: number) => TaskResult;
  /** The connections set up since this was last asked. */
  connecting(): Connecting;
  /** How long handing a call to the thread that makes it takes, `times` times; `undefined` where no other thread does. */
  readonly timeBridge?: (times: number) => Milliseconds[];
}

const NO_CONNECTING: Connecting = { connections: 0, durationMs: 0 };

/** A task on Node's event loop that connects to nobody; `close` gives up what is under way, where that can be done. */
export function localTask(
  call: (index: number) => PromiseLike<TaskResult>,
  close: () => void = () => {},
): Task {
  return { call, within: (work) => work(), connecting: () => NO_CONNECTING, close };
}

/** A task for a blocked thread that connects to nobody. */
export function localBlockingTask(call: (index: number) => TaskResult): BlockingTask {
  return { call, connecting: () => NO_CONNECTING };
}
