import { CallError } from '../core/call-error.js';
import type { CallFailureCode } from '../core/call-failure.js';
import { messageOf } from '../core/errors.js';
import { formatDuration, formatSize } from '../core/format-units.js';
import type { HttpRequest } from './call-options.js';

/** A fault that we found ourselves in an answer or put an end to; `toCallError` makes a sentence of it. */
export class CallFault extends Error {
  readonly code: CallFailureCode;
  readonly status: number | undefined;

  constructor(code: CallFailureCode, status?: number, cause?: unknown) {
    super(code, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
  }
}

// The names are those of errno, of getaddrinfo, and of undici's documented errors.
const KINDS: Readonly<Record<string, CallFailureCode>> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  UND_ERR_SOCKET: 'CONNECTION_CLOSED',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'CONNECTION_CLOSED',
  ENOTFOUND: 'NAME_NOT_RESOLVED',
  EAI_AGAIN: 'NAME_NOT_RESOLVED',
  ETIMEDOUT: 'TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  UND_ERR_HEADERS_OVERFLOW: 'MALFORMED_ANSWER',
  EADDRNOTAVAIL: 'OUT_OF_CONNECTIONS',
  EMFILE: 'OUT_OF_CONNECTIONS',
  ENFILE: 'OUT_OF_CONNECTIONS',
  EPROTO: 'TLS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS',
};

/** The error of ours for whatever stopped a call. */
export function toCallError(thrown: unknown, request: HttpRequest, index: number): CallError {
  const code = thrown instanceof CallFault ? thrown.code : kindOf(thrown);
  const status = thrown instanceof CallFault ? thrown.status : undefined;
  const cause = thrown instanceof CallFault ? thrown.cause : thrown;
  const reason = reasonFor(code, request, status, cause);
  const { url, method } = request;
  return new CallError(
    {
      code,
      message: `${method} ${url}: ${reason}`,
      url,
      index,
      ...(status === undefined ? {} : { status }),
    },
    cause,
  );
}

function kindOf(thrown: unknown): CallFailureCode {
  const code = codeOf(thrown);
  const kind = KINDS[code];
  if (kind !== undefined) return kind;
  // undici's parser errors have a code only where its parser had one.
  if (thrown instanceof Error && thrown.name === 'HTTPParserError') return 'MALFORMED_ANSWER';
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.startsWith('CERT_')) {
    return 'TLS';
  }
  return 'NETWORK';
}

// OpenSSL's messages go on over several lines.
function firstLine(cause: unknown): string {
  return messageOf(cause).split('\n', 1)[0] ?? '';
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function reasonFor(
  code: CallFailureCode,
  request: HttpRequest,
  status: number | undefined,
  cause: unknown,
): string {
  const host = new URL(request.url).host;
  switch (code) {
    case 'HTTP_STATUS':
      return `the server answered with status ${status}, expected 200 to 299`;
    case 'CONNECTION_REFUSED':
      return `connection refused; nothing listens on ${host}`;
    case 'CONNECTION_RESET':
      return 'the server reset the connection';
    case 'CONNECTION_CLOSED':
      return 'the server closed the connection before the answer was complete';
    case 'NAME_NOT_RESOLVED':
      return `the name ${new URL(request.url).hostname} could not be resolved to an address`;
    case 'TIMEOUT':
      return `no complete answer within ${formatDuration(request.timeoutMs)}; --timeout allows more`;
    case 'NOT_JSON':
      return 'the answer is not JSON; --no-parse accepts any answer';
    case 'MALFORMED_ANSWER':
      return `the answer is not proper HTTP (${firstLine(cause)})`;
    case 'ANSWER_TOO_LARGE':
      return `the answer is larger than ${formatSize(request.maxAnswerBytes)}`;
    case 'TLS':
      return `no secure connection (${firstLine(cause)})`;
    case 'OUT_OF_CONNECTIONS':
      return 'this machine can open no more connections; a lower --concurrency needs fewer';
    case 'ABORTED':
      return 'stopped by the caller';
    case 'NETWORK':
    case 'FAILED':
    case 'COMMAND_FAILED':
    case 'BAD_TASK':
      return messageOf(cause);
  }
}
