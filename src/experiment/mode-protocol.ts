import type { CallFailureCode } from '../core/call-failure.js';
import type { LoadLayout } from '../core/load-columns.js';
import type { LoadPlan } from '../core/load.js';
import type { Connecting, ModeName, Resources } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { TaskSpec } from '../tasks/task-spec.js';

/** What a mode's thread is started with. */
export interface ModeThreadData {
  readonly mode: ModeName;
  readonly task: TaskSpec;
  /** Threads of the pool of the mode `threads`. */
  readonly threads: number;
}

/** Asks the thread for one round; the calls are recorded in `columns`, which both threads see. */
export interface RoundOrder {
  readonly kind: 'round';
  readonly number: number;
  readonly concurrency: number;
  readonly columns: SharedArrayBuffer;
  readonly keepAnswers: boolean;
}

/** Asks the thread for calls under load; they are recorded in `buffer`, which both threads see. */
export interface LoadOrder {
  readonly kind: 'load';
  readonly plan: LoadPlan;
  readonly layout: LoadLayout;
  readonly buffer: SharedArrayBuffer;
}

/** Asks the thread to end the round where it is and to give up its calls; one that is blocked does not hear it. */
export interface StopOrder {
  readonly kind: 'stop';
}

/** What the thread tells. */
export type ModeMessage =
  | { readonly kind: 'ready'; readonly blockingBridgeMs: Milliseconds | undefined }
  /** Instead of `ready`: the task cannot be used as it is; `missing` where it lacks what this mode needs and others may not. */
  | { readonly kind: 'refused'; readonly message: string; readonly missing?: string }
  | { readonly kind: 'failure'; readonly code: CallFailureCode; readonly message: string }
  | { readonly kind: 'answers'; readonly answers: readonly KeptAnswer[] }
  | {
      readonly kind: 'done';
      readonly wallMs: Milliseconds;
      readonly connecting: Connecting;
      readonly seen: SeenInThread;
    }
  /** After a stop: no call is under way any more, and the thread can be ended. */
  | { readonly kind: 'stopped' };

/** What only the thread itself can tell of its round. */
export type SeenInThread = Omit<Resources, 'userMs' | 'systemMs'>;

/** One decoded answer and the number of its call. */
export type KeptAnswer = readonly [index: number, value: unknown];
