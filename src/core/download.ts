import type { Environment } from './run.js';
import type { Bytes, Milliseconds, Seconds } from './units.js';

/** The checksums that a file can be held against. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha512', 'sha384', 'sha1', 'md5'] as const;

/** One of them. */
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** What the bytes of a file must add up to. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** In small hexadecimal letters. */
  readonly hex: string;
}

/** Why a file could not be downloaded, by kind. */
export const DOWNLOAD_FAILURE_CODES = [
  'CONNECTION',
  'NAME_NOT_RESOLVED',
  'TLS',
  'TIMEOUT',
  'STALLED',
  'STATUS',
  'REDIRECT',
  'BAD_ANSWER',
  'NO_LENGTH',
  'TOO_LARGE',
  'ENCODED',
  'CHECKSUM',
  'EXISTS',
  'LOCKED',
  'DISK',
  'DISK_FULL',
  'STOPPED',
] as const;

/** One of the kinds a download can fail with. */
export type DownloadFailureCode = (typeof DOWNLOAD_FAILURE_CODES)[number];

/**
 * What became of a file: `done` it is there, whole; `present` it was there before and nothing was fetched; `failed`;
 * `stopped` by Ctrl-C or a full disk after it began, to go on later; `waiting` for a turn that did not come.
 */
export type DownloadOutcome = 'done' | 'present' | 'failed' | 'stopped' | 'waiting';

/** What a file under its final name was held against: a checksum of the list or of the server, or only its length. */
export type DownloadProof = 'list' | 'server' | 'length' | 'nothing';

/** One file of a batch. Moments are since the batch began. */
export interface DownloadedFile {
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** The address as it was given, without credentials. */
  readonly url: string;
  /** Its name in the folder. */
  readonly name: string;
  readonly outcome: DownloadOutcome;
  /** When its first request was made; `undefined` when none was. */
  readonly startMs: Milliseconds | undefined;
  /** When the header of its last answer with bytes was there; `undefined` when there was none. */
  readonly firstByteMs: Milliseconds | undefined;
  /** When it was over; `undefined` while waiting. */
  readonly endMs: Milliseconds | undefined;
  /** Its length where it is known. */
  readonly sizeBytes: Bytes | undefined;
  /** Bytes of bodies that came over the network, those that had to be fetched again included. */
  readonly fetchedBytes: Bytes;
  /** Bytes that an earlier process left and that were used. */
  readonly resumedBytes: Bytes;
  /** Requests that were made for it, redirects not counted. */
  readonly attempts: number;
  /** Why it began again from its first byte, each time. */
  readonly restarts: readonly string[];
  /** The checksum that its bytes have, where one was known. */
  readonly checksum: Checksum | undefined;
  readonly proof: DownloadProof;
  /** Why there is no file. */
  readonly failure: { readonly code: DownloadFailureCode; readonly message: string } | undefined;
}

/** What a batch of downloads was asked to keep to. */
export interface DownloadLimits {
  /** Most files in flight at once. */
  readonly concurrency: number;
  /** Most of them from one host. */
  readonly perHost: number;
  /** Bytes a second of all together; `undefined` for as many as come. */
  readonly bytesPerSecond: Bytes | undefined;
  /** Whether files are on the disk, and not only on their way there, when they are called done. */
  readonly durable: boolean;
}

/** Everything that was observed of a batch of downloads. */
export interface DownloadRun {
  readonly startedAt: Seconds;
  readonly environment: Environment;
  /** The folder that the files are in. */
  readonly folder: string;
  readonly limits: DownloadLimits;
  readonly files: readonly DownloadedFile[];
  readonly wallMs: Milliseconds;
  /** CPU time of this process meanwhile. */
  readonly cpuMs: { readonly user: Milliseconds; readonly system: Milliseconds };
  /** The most memory that this process has had, since its start. */
  readonly peakMemoryBytes: Bytes;
  /** Retries that were made. */
  readonly retries: number;
  /** Whether it was ended before its time. */
  readonly interrupted: boolean;
  /** Why the disk stopped the batch. */
  readonly diskFull: string | undefined;
}

/** A file in flight. */
export interface ActiveDownload {
  readonly index: number;
  readonly name: string;
  /** Bytes that are there, those of an earlier process included. */
  readonly receivedBytes: Bytes;
  readonly sizeBytes: Bytes | undefined;
  /** Over the last second or so. */
  readonly bytesPerSecond: number;
}

/** How far a batch is. */
export interface DownloadProgress {
  readonly elapsedMs: Milliseconds;
  readonly files: number;
  /** Files that are over: there, or failed. */
  readonly finished: number;
  readonly failed: number;
  /** Bytes that are there, those of earlier processes included. */
  readonly receivedBytes: Bytes;
  /** Lengths added up, of the files whose length is known. */
  readonly knownBytes: Bytes;
  /** Files whose length is not known yet. */
  readonly unknownSizes: number;
  /** Over the last second or so. */
  readonly bytesPerSecond: number;
  /** The files in flight, fastest first. */
  readonly active: readonly ActiveDownload[];
}

/**
 * What happens in a batch, in order. `begun`: the header of a file's answer is there. `restarted`: it begins again from its
 * first byte. `retrying`: another request follows after a pause. `finished`: a file is over, whatever became of it.
 * `progress` comes about ten times a second, only the latest of those nobody has read yet. `ended` comes last.
 */
export type DownloadEvent =
  | {
      readonly kind: 'begun';
      readonly index: number;
      readonly name: string;
      readonly url: string;
      readonly sizeBytes: Bytes | undefined;
      /** Where its bytes go on. */
      readonly fromByte: Bytes;
    }
  | {
      readonly kind: 'restarted';
      readonly index: number;
      readonly name: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'retrying';
      readonly index: number;
      readonly name: string;
      /** The number of the request that follows; the first is 1. */
      readonly attempt: number;
      readonly delayMs: Milliseconds;
      readonly reason: string;
    }
  | { readonly kind: 'progress'; readonly progress: DownloadProgress }
  | { readonly kind: 'finished'; readonly file: DownloadedFile }
  | { readonly kind: 'ended'; readonly run: DownloadRun };
