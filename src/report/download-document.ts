import type { DownloadedFile, DownloadRun } from '../core/download.js';
import { toSeconds } from '../core/format-units.js';
import type { Milliseconds, Seconds } from '../core/units.js';
import { packageVersion } from '../core/version.js';
import { summarizeDownload } from '../statistics/download-summary.js';

/** A batch of downloads as one JSON document, times in seconds; its form is `schemas/download.schema.json`. */
export function downloadDocument(run: DownloadRun): object {
  const { limits } = run;
  const summary = summarizeDownload(run);
  return {
    schema: 'lwasync.download/1',
    version: packageVersion(),
    environment: run.environment,
    startedAt: run.startedAt,
    folder: run.folder,
    limits: {
      concurrency: finiteOrNull(limits.concurrency),
      perHost: finiteOrNull(limits.perHost),
      bytesPerSecond: finiteOrNull(limits.bytesPerSecond),
      durable: limits.durable,
    },
    seconds: toSeconds(run.wallMs),
    bytesPerSecond: rounded(summary.bytesPerSecond),
    counts: { files: run.files.length, ...summary.outcomes },
    bytes: {
      there: summary.thereBytes,
      fetched: summary.fetchedBytes,
      resumed: summary.resumedBytes,
      repeated: summary.repeatedBytes,
    },
    mostInFlight: summary.mostInFlight,
    bound: summary.bound ?? null,
    resources: {
      userCpuSeconds: toSeconds(run.cpuMs.user),
      systemCpuSeconds: toSeconds(run.cpuMs.system),
      peakMemoryBytes: run.peakMemoryBytes,
    },
    retries: run.retries,
    files: run.files.map((file) => downloadedFileDocument(file)),
    interrupted: run.interrupted,
    diskFull: run.diskFull ?? null,
  };
}

/** One file of it. */
export function downloadedFileDocument(file: DownloadedFile): object {
  return {
    index: file.index,
    url: file.url,
    name: file.name,
    outcome: file.outcome,
    start: secondsOrNull(file.startMs),
    firstByte: secondsOrNull(file.firstByteMs),
    end: secondsOrNull(file.endMs),
    size: file.sizeBytes ?? null,
    fetched: file.fetchedBytes,
    resumed: file.resumedBytes,
    attempts: file.attempts,
    restarts: file.restarts,
    checksum: file.checksum ?? null,
    proof: file.proof,
    failure: file.failure ?? null,
  };
}

function secondsOrNull(duration: Milliseconds | undefined): Seconds | null {
  return duration === undefined ? null : toSeconds(duration);
}

// JSON has no infinity, which is what a limit is that nobody set.
function finiteOrNull(limit: number | undefined): number | null {
  return limit === undefined || !Number.isFinite(limit) ? null : limit;
}

// Further digits are noise.
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(6));
}
