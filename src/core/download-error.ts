import type { DownloadFailureCode } from './download.js';
import { LwasyncError } from './errors.js';

/** What is known of a failure beside its code and its sentence. */
export interface DownloadErrorDetails {
  /** Whether another try may help. */
  readonly mayPass?: boolean;
  /** The `Retry-After` of the answer, as it came. */
  readonly retryAfter?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A file could not be downloaded; `code` says why, and the message is to follow the name of the file and a colon. Others of the same
 * batch go on, unless the disk is full.
 */
export class DownloadError extends LwasyncError {
  readonly code: DownloadFailureCode;
  readonly mayPass: boolean;
  readonly retryAfter: string | undefined;

  constructor(code: DownloadFailureCode, message: string, details: DownloadErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.mayPass = details.mayPass ?? false;
    this.retryAfter = details.retryAfter;
  }
}
