import type { SenderData } from './inbox.js';

/** What a thread is asked to do, and where its answer goes. */
export interface ThreadOrder {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
  readonly sender: SenderData;
}

/** How it ended. */
export type ThreadAnswer =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'exited' };
