import type { CallErrorRecord } from '../core/call-error.js';
import type { Connecting } from '../core/run.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';

/** What is asked of the thread that makes calls. `pool` names a set of connections, which is opened at its first call. */
export type CallQuestion =
  | {
      readonly kind: 'call';
      readonly pool: number;
      readonly request: HttpRequest;
      readonly index: number;
    }
  | { readonly kind: 'connecting'; readonly pool: number }
  | { readonly kind: 'close'; readonly pool: number };

/** What it tells. */
export type CallReply =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'failed'; readonly error: CallErrorRecord }
  | { readonly kind: 'connecting'; readonly connecting: Connecting };

/** The file of that thread. */
export const CALLS_THREAD: URL = new URL('./calls-thread.js', import.meta.url);
