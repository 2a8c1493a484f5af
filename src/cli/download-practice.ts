import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { formatDuration, formatSize } from '../core/format-units.js';
import type { DownloadItem } from '../download/download-options.js';

const FILES = 20;
// What a real network has; on the bare loopback one after another is nearly as fast as all together.
const LATENCY_MS = 200;
const BANDWIDTH = 2_000_000;

/** The files of a practice server that runs until `close`. */
export interface PracticeFiles {
  readonly items: readonly DownloadItem[];
  /** What was started, as a sentence. */
  readonly described: string;
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a practice server with the latency and the bandwidth a connection that a real network has, in a process of its own.
 *
 * @throws {UnavailableError} when it does not start.
 */
export async function openPracticeFiles(): Promise<PracticeFiles> {
  const { startPracticeServerProcess } = await import('../server/index.js');
  const dials = { port: 0, files: FILES, latencyMs: LATENCY_MS, bandwidth: BANDWIDTH };
  const server = await startPracticeServerProcess(dials);
  const items = Array.from({ length: FILES }, (_, index) => ({
    url: `${server.url}/files/${index + 1}`,
    name: `file-${String(index + 1).padStart(2, '0')}.bin`,
  }));
  return {
    items,
    described:
      `started a practice server with ${FILES} files for this run: each answer begins after ` +
      `${formatDuration(LATENCY_MS)} and comes at ${formatSize(BANDWIDTH)}/s`,
    warnings: server.warnings,
    close: () => server.close(0),
  };
}

/** A folder that is gone when `remove` was called or the process ends. */
export interface PassingFolder {
  readonly path: string;
  remove(): void;
}

/**
 * Makes a folder among those for temporary files.
 *
 * @throws {UsageError} when there is no place for it.
 */
export async function makePassingFolder(): Promise<PassingFolder> {
  const path = await mkdtemp(join(tmpdir(), 'lwasync-download-')).catch((error: unknown) => {
    throw new UsageError(
      `no folder can be made for the practice files (${messageOf(error)}); --dir names one`,
    );
  });
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { path, remove };
}
