import type { DownloadEvent, DownloadProgress } from '../core/download.js';
import { toSeconds } from '../core/format-units.js';
import { downloadDocument, downloadedFileDocument } from './download-document.js';

/**
 * What happens in a batch of downloads as a JSON document that fits a line, times in seconds; its form is `$defs/event` in
 * `schemas/download.schema.json`. The last, `ended`, has the document of the whole batch in it.
 */
export function downloadEventDocument(event: DownloadEvent): object {
  switch (event.kind) {
    case 'begun': {
      const { index, name, url, sizeBytes, fromByte } = event;
      return { event: 'begun', index, name, url, size: sizeBytes ?? null, fromByte };
    }
    case 'restarted': {
      const { index, name, reason } = event;
      return { event: 'restarted', index, name, reason };
    }
    case 'retrying': {
      const { index, name, attempt, delayMs, reason } = event;
      return { event: 'retrying', index, name, attempt, delay: toSeconds(delayMs), reason };
    }
    case 'progress':
      return { event: 'progress', ...progressDocument(event.progress) };
    case 'finished':
      return { event: 'finished', file: downloadedFileDocument(event.file) };
    case 'ended':
      return { event: 'ended', download: downloadDocument(event.run) };
  }
}

function progressDocument(progress: DownloadProgress): object {
  return {
    seconds: toSeconds(progress.elapsedMs),
    files: progress.files,
    finished: progress.finished,
    failed: progress.failed,
    received: progress.receivedBytes,
    known: progress.knownBytes,
    unknownSizes: progress.unknownSizes,
    bytesPerSecond: wholeBytes(progress.bytesPerSecond),
    active: progress.active.map(({ index, name, receivedBytes, sizeBytes, bytesPerSecond }) => ({
      index,
      name,
      received: receivedBytes,
      size: sizeBytes ?? null,
      bytesPerSecond: wholeBytes(bytesPerSecond),
    })),
  };
}

// What a rate over the last second has beyond that is noise.
function wholeBytes(bytesPerSecond: number): number {
  return Math.round(bytesPerSecond);
}
