import type { SenderData } from './inbox.js';

/** What a thread is asked to do, and where its answer goes. */
export interface ThreadOrder {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
  readonly sender: SenderData<ThreadAnswer>;
}

/** How it ended. */
export type ThreadAnswer<Result = unknown> =
  | { readonly kind: 'returned'; readonly value: Result }
  | { readonly kind: 'threw'; readonly error: unknown; readonly marks: ErrorMarks }
  | { readonly kind: 'exited'; readonly reason: string };

/** What an error loses when it is cloned. */
export interface ErrorMarks {
  readonly name?: string;
  readonly code?: string;
}

/** What a thread is made with: the first word of `ended` is 1 once it has ended. */
export interface ThreadData {
  readonly ended: SharedArrayBuffer;
}
