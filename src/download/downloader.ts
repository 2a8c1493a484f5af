import { access } from 'node:fs/promises';
import { setMaxListeners } from 'node:events';
import { constants } from 'node:fs';
import { AbortWatch } from '../clients/abort-watch.js';
import { monotonicNow } from '../core/clock.js';
import { DownloadError } from '../core/download-error.js';
import type { DownloadedFile, DownloadEvent } from '../core/download.js';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { BatchContext } from './batch-context.js';
import { REAL_DISK, type Disk } from './disk.js';
import type { DownloadOptions } from './download-options.js';
import { toDownloadSettings, type DownloadSettings } from './download-settings.js';
import { downloadFile } from './file-download.js';
import type { PlannedFile } from './file-names.js';
import { FileState } from './file-state.js';
import { FolderSync } from './folder-sync.js';
import { makeFolder } from './make-folder.js';
import { RateLimiter } from './rate-limiter.js';
import { RetryBudget } from './retry-budget.js';
import { Space } from './space.js';
import { Transports } from './transports.js';

/** What is not for a user to choose. */
export interface DownloaderInternals {
  /** Default the disk of this machine. */
  readonly disk?: Disk;
  /** From 0 up to 1; default `Math.random`. */
  readonly random?: () => number;
  /** Is told of all that happens. */
  readonly emit?: (event: DownloadEvent) => void;
}

// As many as a list of ordinary length fails with on a bad day; a dead server has had its chances then.
const LEAST_RETRIES_OF_ALL = 50;

/** Downloads files into one folder, one by one or several at a time, with what they share: connections, limits, retries. */
export class Downloader {
  readonly settings: DownloadSettings;
  readonly #context: BatchContext;
  readonly #transports: Transports;
  readonly #stop = new AbortController();
  readonly #unfollow: () => void;

  private constructor(
    settings: DownloadSettings,
    space: Space,
    outer: AbortSignal | undefined,
    { disk = REAL_DISK, random = Math.random, emit = () => {} }: DownloaderInternals,
  ) {
    this.settings = settings;
    const { trust, limits, usesLibraryOnly, dir, retries } = settings;
    this.#transports = new Transports(trust, usesLibraryOnly);
    this.#unfollow = follow(outer, () => this.stop(stopped()));
    const { signal } = this.#stop;
    // Every file that waits for its next try listens.
    setMaxListeners(0, signal);
    const aborts = new AbortWatch();
    const beganMs = monotonicNow();
    const { bytesPerSecond } = limits;
    this.#context = {
      settings,
      disk,
      space,
      random,
      emit,
      signal,
      folderSync: new FolderSync(dir, disk),
      budget: new RetryBudget(Math.max(LEAST_RETRIES_OF_ALL, retries)),
      limiter: bytesPerSecond === undefined ? undefined : new RateLimiter(bytesPerSecond, beganMs),
      sinceBeginMs: () => monotonicNow() - beganMs,
      transportFor: (url) => this.#transports.for(url),
      stoppable: (exchange) => {
        const abort = (): void => exchange.abort(signal.reason);
        if (signal.aborted) abort();
        return aborts.watch(signal, { abort });
      },
    };
  }

  /**
   * Makes ready for a batch; its folder is made where it is missing.
   *
   * @throws {UsageError} when an option cannot be used, or the folder cannot be made or written to.
   */
  static async open(
    options: DownloadOptions,
    internals: DownloaderInternals = {},
  ): Promise<Downloader> {
    const settings = toDownloadSettings(options);
    await openFolder(settings.dir);
    const space = await Space.of(internals.disk ?? REAL_DISK, settings.dir);
    return new Downloader(settings, space, options.signal, internals);
  }

  /** What the files of the batch share. */
  get context(): BatchContext {
    return this.#context;
  }

  /** Downloads a file; whatever becomes of it is told in the record. A full disk stops all others, too. */
  async download(
    file: PlannedFile,
    state: FileState = new FileState(file),
  ): Promise<DownloadedFile> {
    const record = await downloadFile(state, this.#context);
    if (record.failure?.code === 'DISK_FULL') {
      // It is said of the disk and not of this file.
      const message = record.failure.message.slice(`${file.name}: `.length);
      this.stop(new DownloadError('DISK_FULL', message));
    }
    return record;
  }

  /** Stops all files that are under way; they can be resumed. */
  stop(reason: DownloadError): void {
    this.#stop.abort(reason);
  }

  /** Stops what is under way, and closes all connections. */
  async close(): Promise<void> {
    this.stop(stopped());
    this.#unfollow();
    await this.#transports.close();
  }
}

function stopped(): DownloadError {
  return new DownloadError(
    'STOPPED',
    'stopped before it was whole; the same command goes on from here',
  );
}

function follow(signal: AbortSignal | undefined, stop: () => void): () => void {
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop);
  return () => signal?.removeEventListener('abort', stop);
}

async function openFolder(dir: string): Promise<void> {
  try {
    await makeFolder(dir);
    await access(dir, constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `no files can be written to the folder ${quoted(dir)} (${messageOf(error)}); --dir names another one`,
      { cause: error },
    );
  }
}
