import type {
  DownloadedFile,
  DownloadOutcome,
  DownloadProof,
  DownloadRun,
} from '../core/download.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import { verdictOf, type BoundVerdict } from './boundness.js';
import { median, sortSamples } from './sorted-samples.js';

/** What a batch of downloads comes to. */
export interface DownloadSummary {
  readonly outcomes: Readonly<Record<DownloadOutcome, number>>;
  /** Files that are under their final names, those from before included. */
  readonly there: number;
  /** Their lengths added up. */
  readonly thereBytes: Bytes;
  /** By what they were checked. */
  readonly proofs: Readonly<Record<DownloadProof, number>>;
  /** Bytes that came over the network. */
  readonly fetchedBytes: Bytes;
  /** Bytes from an earlier process that did not have to come again. */
  readonly resumedBytes: Bytes;
  /** Bytes that came although those in their place had come before, of the files that were finished. */
  readonly repeatedBytes: Bytes;
  /** Bytes fetched over the wall time; `undefined` when there were none. */
  readonly bytesPerSecond: number | undefined;
  /** Most files in flight at once. */
  readonly mostInFlight: number;
  /** What the files took, added up. */
  readonly addedMs: Milliseconds;
  /** Over the finished files, the median time from the first request to the begin of the answer, and from there to the end. */
  readonly medianMs: { readonly answer: Milliseconds; readonly bytes: Milliseconds } | undefined;
  readonly cpuMs: Milliseconds;
  /** CPU time over wall time: more than 1 when several cores computed. */
  readonly cpuShare: number;
  /** What the batch was bound by; `undefined` when no request was made. */
  readonly bound: BoundVerdict | undefined;
}

/** Adds a batch up. */
export function summarizeDownload(run: DownloadRun): DownloadSummary {
  const { files } = run;
  // No clock tells less than a microsecond, and nothing can be divided by next to nothing.
  const wallMs = run.wallMs < 1e-3 ? 0 : run.wallMs;
  const there = files.filter(({ outcome }) => outcome === 'done' || outcome === 'present');
  const begun = files.filter(({ startMs }) => startMs !== undefined);
  const fetchedBytes = sum(files, (file) => file.fetchedBytes);
  const cpuMs = run.cpuMs.user + run.cpuMs.system;
  return {
    outcomes: count(files, ({ outcome }) => outcome, {
      done: 0,
      present: 0,
      failed: 0,
      stopped: 0,
      waiting: 0,
    }),
    there: there.length,
    thereBytes: sum(there, ({ sizeBytes }) => sizeBytes ?? 0),
    proofs: count(there, ({ proof }) => proof, { list: 0, server: 0, length: 0, nothing: 0 }),
    fetchedBytes,
    resumedBytes: sum(files, (file) => file.resumedBytes),
    repeatedBytes: sum(files, repeatedBytes),
    bytesPerSecond: fetchedBytes === 0 || wallMs === 0 ? undefined : (fetchedBytes / wallMs) * 1000,
    mostInFlight: mostInFlight(begun, wallMs),
    addedMs: sum(begun, (file) => tookMs(file, wallMs)),
    medianMs: medianParts(begun, wallMs),
    cpuMs,
    cpuShare: wallMs === 0 ? 0 : cpuMs / wallMs,
    bound: begun.length === 0 || wallMs === 0 ? undefined : verdictOf(wallMs / cpuMs),
  };
}

/** From the first request for a file to its end, or to that of a batch of `wallMs`; 0 when none was made. */
export function tookMs({ startMs, endMs }: DownloadedFile, wallMs: Milliseconds): Milliseconds {
  return startMs === undefined ? 0 : (endMs ?? wallMs) - startMs;
}

function repeatedBytes(file: DownloadedFile): Bytes {
  const { outcome, sizeBytes, fetchedBytes, resumedBytes } = file;
  return outcome !== 'done' || sizeBytes === undefined
    ? 0
    : Math.max(fetchedBytes + resumedBytes - sizeBytes, 0);
}

// A file that ends as another begins does not overlap it: its turn passed on.
function mostInFlight(begun: readonly DownloadedFile[], wallMs: Milliseconds): number {
  const starts = sortSamples(begun.map(({ startMs }) => startMs ?? 0));
  const ends = sortSamples(begun.map(({ endMs }) => endMs ?? wallMs));
  let [ended, most] = [0, 0];
  starts.forEach((startMs, index) => {
    while ((ends[ended] ?? Infinity) <= startMs && ended < index) ended += 1;
    most = Math.max(most, index + 1 - ended);
  });
  return most;
}

function medianParts(
  begun: readonly DownloadedFile[],
  wallMs: Milliseconds,
): DownloadSummary['medianMs'] {
  const parts = begun.flatMap((file) => {
    const { outcome, startMs, firstByteMs } = file;
    if (outcome !== 'done' || startMs === undefined || firstByteMs === undefined) return [];
    const answer = firstByteMs - startMs;
    return [{ answer, bytes: tookMs(file, wallMs) - answer }];
  });
  const answer = median(sortSamples(parts.map((part) => part.answer)));
  const bytes = median(sortSamples(parts.map((part) => part.bytes)));
  return answer === undefined || bytes === undefined ? undefined : { answer, bytes };
}

function sum(files: readonly DownloadedFile[], of: (file: DownloadedFile) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}

function count<Name extends string>(
  files: readonly DownloadedFile[],
  of: (file: DownloadedFile) => Name,
  none: Record<Name, number>,
): Record<Name, number> {
  const counts = { ...none };
  for (const file of files) counts[of(file)] += 1;
  return counts;
}
