import { messageOf, UnavailableError, UsageError, type LwasyncError } from '../core/errors.js';
import type { PracticeServerSettings } from './practice-server-options.js';

/** What the calling thread asks of the thread or process that the server runs in. */
export type ServerCommand =
  | { readonly kind: 'start'; readonly settings: PracticeServerSettings }
  | { readonly kind: 'close' };

/** Where a server listens. */
export interface Listening {
  /** What to call it by: `http://127.0.0.1:8080`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Sentences about what may go wrong here. */
  readonly warnings: readonly string[];
}

/** What the thread or process that the server runs in has to say. */
export type ServerReport =
  | { readonly kind: 'listening'; readonly listening: Listening }
  | { readonly kind: 'failed'; readonly usage: boolean; readonly message: string }
  | { readonly kind: 'closed' };

/** An error as a report that can be sent to another thread or process, which keeps plain data and no classes. */
export function failureReport(error: unknown): ServerReport {
  return { kind: 'failed', usage: error instanceof UsageError, message: messageOf(error) };
}

/** The error that `failureReport` described. */
export function reportedError(report: ServerReport & { kind: 'failed' }): LwasyncError {
  if (report.usage) return new UsageError(report.message);
  return new UnavailableError(`the practice server failed: ${report.message}`);
}
