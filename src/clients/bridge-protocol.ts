import type { CallErrorRecord } from '../core/call-error.js';
import type { Connecting } from '../core/run.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';

/** What a blocked thread can ask of the thread that works for it. `pool` names a set of connections, which is opened at its first call. */
export type BridgeQuestion =
  | { readonly kind: 'echo' }
  | {
      readonly kind: 'call';
      readonly pool: number;
      readonly request: HttpRequest;
      readonly index: number;
    }
  | { readonly kind: 'connecting'; readonly pool: number }
  | { readonly kind: 'close'; readonly pool: number };

/** What comes back. */
export type BridgeAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'failed'; readonly error: CallErrorRecord }
  | { readonly kind: 'connecting'; readonly connecting: Connecting }
  | { readonly kind: 'fault'; readonly message: string };

/** A question on its way. */
export interface BridgeMessage {
  readonly number: number;
  readonly question: BridgeQuestion;
}

/** An answer on its way, with the number of its question. */
export interface BridgeReply {
  readonly number: number;
  readonly answer: BridgeAnswer;
}
