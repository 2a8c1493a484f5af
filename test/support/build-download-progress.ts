import type { ActiveDownload, DownloadProgress } from '../../src/core/download.js';

/** A batch under way; what is not said is twenty files of 1 MB that have just begun. */
export function buildProgress(told: Partial<DownloadProgress> = {}): DownloadProgress {
  return {
    elapsedMs: 1000,
    files: 20,
    finished: 0,
    failed: 0,
    receivedBytes: 0,
    knownBytes: 20e6,
    unknownSizes: 0,
    bytesPerSecond: 0,
    active: [],
    ...told,
  };
}

/** A file in flight, one of 1 MB that is half there unless said otherwise. */
export function buildActive(index: number, told: Partial<ActiveDownload> = {}): ActiveDownload {
  return {
    index,
    name: `file-${String(index + 1).padStart(2, '0')}.bin`,
    receivedBytes: 500_000,
    sizeBytes: 1e6,
    bytesPerSecond: 2e6,
    ...told,
  };
}
