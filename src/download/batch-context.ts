import type { DownloadEvent } from '../core/download.js';
import type { Milliseconds } from '../core/units.js';
import type { Disk } from './disk.js';
import type { DownloadSettings } from './download-settings.js';
import type { FolderSync } from './folder-sync.js';
import type { RateLimiter } from './rate-limiter.js';
import type { RetryBudget } from './retry-budget.js';
import type { Space } from './space.js';
import type { Exchange, Transport } from './transport.js';

/** What the files of a batch share. */
export interface BatchContext {
  readonly settings: DownloadSettings;
  readonly disk: Disk;
  readonly space: Space;
  readonly folderSync: FolderSync;
  readonly budget: RetryBudget;
  /** `undefined` where there is no limit. */
  readonly limiter: RateLimiter | undefined;
  readonly random: (this: void) => number;
  /** Fires when the batch is to stop; its reason says why. */
  readonly signal: AbortSignal;
  /** Milliseconds since the batch began. */
  sinceBeginMs(): Milliseconds;
  transportFor(url: URL): Promise<Transport>;
  /** Aborts the exchange when the batch stops; returns what undoes that. */
  stoppable(exchange: Exchange): () => void;
  emit(event: DownloadEvent): void;
}
