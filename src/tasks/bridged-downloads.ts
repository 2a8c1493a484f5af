import type { TaskErrorRecord } from '../core/task-error.js';
import type { TaskResult } from './task.js';

/** What a blocked thread asks of the thread that downloads for it, one file at a time. */
export type DownloadQuestion =
  /** Begin to download the file of this number. */
  | { readonly kind: 'download'; readonly index: number }
  /** Go on with it. */
  | { readonly kind: 'go on' };

/** What it tells: how it ended, or that it goes on, at the latest after `PATIENCE_MS`. */
export type DownloadReply =
  | { readonly kind: 'downloaded'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: TaskErrorRecord }
  | { readonly kind: 'under way' };

/** A file may take hours, a thread that is lost shall be noticed sooner: so often it says that it is there. */
export const PATIENCE_MS = 1000;
