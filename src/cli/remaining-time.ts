import type { DownloadProgress } from '../core/download.js';
import type { Bytes, Milliseconds } from '../core/units.js';

const WINDOW_MS: Milliseconds = 5000;
const ENOUGH_MS: Milliseconds = 2000;

interface Sample {
  readonly elapsedMs: Milliseconds;
  readonly bytesPerSecond: number;
}

/**
 * How long a batch still takes at the mean rate of the last five seconds. It is not known in the first two seconds in which
 * bytes come, while connections still speed up, nor when none come.
 */
export class RemainingTime {
  #samples: Sample[] = [];

  /** Takes the rate of this moment in; returns what remains. */
  observe(progress: DownloadProgress): Milliseconds | undefined {
    const { elapsedMs, bytesPerSecond } = progress;
    if (this.#samples.length === 0 && bytesPerSecond === 0) return undefined;
    const recent = this.#samples.filter((sample) => elapsedMs - sample.elapsedMs <= WINDOW_MS);
    this.#samples = [...recent, { elapsedMs, bytesPerSecond }];
    const [first] = this.#samples;
    if (first === undefined || elapsedMs - first.elapsedMs < ENOUGH_MS) return undefined;
    const total = expectedBytes(progress);
    if (total === undefined) return undefined;
    const mean =
      this.#samples.reduce((sum, at) => sum + at.bytesPerSecond, 0) / this.#samples.length;
    if (mean < 1) return undefined;
    return (Math.max(0, total - progress.receivedBytes) / mean) * 1000;
  }
}

/**
 * All bytes of a batch. Files whose length is not known are taken to be as long as the others on average; `undefined` while
 * no length is known.
 */
export function expectedBytes({
  files,
  knownBytes,
  unknownSizes,
}: DownloadProgress): Bytes | undefined {
  const known = files - unknownSizes;
  return known > 0 ? knownBytes + unknownSizes * (knownBytes / known) : undefined;
}

/** What remains, no finer than it can be known: `12 s`, `3 min 20 s`, `5 h 12 min`. */
export function formatRemaining(remainingMs: Milliseconds): string {
  const seconds = Math.ceil(remainingMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
