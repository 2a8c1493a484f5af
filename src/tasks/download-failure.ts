import type { CallFailureCode } from '../core/call-failure.js';
import type { DownloadFailureCode } from '../core/download.js';
import { TaskError } from '../core/task-error.js';

const CODES: Readonly<Record<DownloadFailureCode, CallFailureCode>> = {
  CONNECTION: 'NETWORK',
  NAME_NOT_RESOLVED: 'NAME_NOT_RESOLVED',
  TLS: 'TLS',
  TIMEOUT: 'TIMEOUT',
  STALLED: 'TIMEOUT',
  STATUS: 'HTTP_STATUS',
  REDIRECT: 'REDIRECT',
  BAD_ANSWER: 'MALFORMED_ANSWER',
  NO_LENGTH: 'MALFORMED_ANSWER',
  TOO_LARGE: 'ANSWER_TOO_LARGE',
  ENCODED: 'MALFORMED_ANSWER',
  CHECKSUM: 'WRONG_CHECKSUM',
  EXISTS: 'FAILED',
  LOCKED: 'FAILED',
  DISK: 'FAILED',
  DISK_FULL: 'DISK_FULL',
  STOPPED: 'ABORTED',
};

/** A download that failed as a call that did; its sentence stays. */
export function failedDownload(failure: {
  readonly code: DownloadFailureCode;
  readonly message: string;
}): TaskError {
  return new TaskError(CODES[failure.code], failure.message, undefined, failure);
}
