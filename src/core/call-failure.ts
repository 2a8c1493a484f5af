/**
 * Why a call failed, by kind. The order is the number under which a kind is recorded in `CallColumns`, so new kinds are
 * added at the end.
 */
export const CALL_FAILURE_CODES = [
  'HTTP_STATUS',
  'CONNECTION_REFUSED',
  'CONNECTION_RESET',
  'CONNECTION_CLOSED',
  'NAME_NOT_RESOLVED',
  'TIMEOUT',
  'NOT_JSON',
  'MALFORMED_ANSWER',
  'ANSWER_TOO_LARGE',
  'TLS',
  'OUT_OF_CONNECTIONS',
  'ABORTED',
  'NETWORK',
  'FAILED',
  'COMMAND_FAILED',
  'BAD_TASK',
  'REDIRECT',
  'RATE_LIMITED',
  'WRONG_CHECKSUM',
  'DISK_FULL',
] as const;

/** One of the kinds a call can fail with. */
export type CallFailureCode = (typeof CALL_FAILURE_CODES)[number];

/** One kind of failure in a run: how often it came and the sentence of the first one. */
export interface CallFailureCount {
  readonly code: CallFailureCode;
  readonly count: number;
  /** The first failure of this kind, as a sentence. */
  readonly example: string;
}
