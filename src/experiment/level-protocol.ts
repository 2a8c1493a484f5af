import type { Connecting, Resources } from '../core/run.js';
import type { CallFailureCount } from '../core/call-failure.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeThreadData } from './mode-protocol.js';

/** Asks the process for one round. */
export interface LevelOrder extends ModeThreadData {
  readonly number: number;
  readonly concurrency: number;
}

/** A round as plain data that can be sent to another process, or why there is none. */
export type LevelAnswer =
  | {
      readonly kind: 'round';
      readonly wallMs: Milliseconds;
      readonly resources: Resources;
      /** The bytes of the columns. */
      readonly columns: Uint8Array;
      readonly failures: readonly CallFailureCount[];
      readonly connecting: Connecting;
    }
  | { readonly kind: 'failed'; readonly message: string };
