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
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'exited' };
