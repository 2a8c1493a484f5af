import { CallError } from '../core/call-error.js';
import type { CallFailureCode } from '../core/call-failure.js';
import { firstLine, messageOf } from '../core/errors.js';
import { formatDuration, formatSize } from '../core/format-units.js';
import { shownUrl } from './call-address.js';
import type { HttpRequest } from './call-options.js';
import { describeExpected } from './expected-status.js';
import { isTlsCode, tlsReason } from './tls-faults.js';

/** A fault that we found ourselves in an answer or put an end to; `toCallError` makes a sentence of it. */
export class CallFault extends Error {
  readonly code: CallFailureCode;
  readonly status: number | undefined;
  /** What stands at the end of its sentence, or is what the sentence is about. */
  readonly detail: string;

  constructor(code: CallFailureCode, status?: number, cause?: unknown, detail = '') {
    super(code, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
    this.detail = detail;
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
};

/** The error of ours for whatever stopped a call. */
export function toCallError(thrown: unknown, request: HttpRequest, index: number): CallError {
  const fault =
    thrown instanceof CallFault ? thrown : new CallFault(kindOf(thrown), undefined, thrown);
  const { code, status, cause } = fault;
  const { url, method } = request.first ?? request;
  const way =
    request.first === undefined ? '' : `, redirected to ${shownUrl(new URL(request.url))}`;
  return new CallError(
    {
      code,
      message: `${method} ${url}${way}: ${reasonFor(fault, request)}`,
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
  return isTlsCode(code) ? 'TLS' : 'NETWORK';
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function reasonFor(fault: CallFault, request: HttpRequest): string {
  const { code, status, cause, detail } = fault;
  const host = new URL(request.url).host;
  switch (code) {
    case 'HTTP_STATUS':
      return `the server answered with status ${status}, expected ${describeExpected(request.expected)}${detail}`;
    case 'RATE_LIMITED':
      return `the server limits the rate of calls: it answered with status ${status}${detail}, expected ${describeExpected(request.expected)}`;
    case 'REDIRECT':
      return `the redirect (status ${status}) cannot be followed: ${detail}`;
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
      return `no secure connection ${tlsReason(cause, codeOf(cause))}`;
    case 'OUT_OF_CONNECTIONS':
      return 'this machine can open no more connections; a lower --concurrency needs fewer';
    case 'ABORTED':
      return 'stopped by the caller';
    case 'NETWORK':
    case 'FAILED':
    case 'COMMAND_FAILED':
    case 'BAD_TASK':
    case 'WRONG_CHECKSUM':
    case 'DISK_FULL':
      return messageOf(cause);
  }
}
