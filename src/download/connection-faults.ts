import { isTlsCode, tlsReason } from '../clients/tls-faults.js';
import type { DownloadFailureCode } from '../core/download.js';
import { DownloadError } from '../core/download-error.js';
import { firstLine } from '../core/errors.js';
import { HttpFault } from '../http/http-fault.js';

/** The error of ours for whatever ended an exchange with the host of `url`; its sentence names no file. */
export function toDownloadError(thrown: unknown, url: URL): DownloadError {
  if (thrown instanceof DownloadError) return thrown;
  const { code, reason, mayPass } = faultOf(thrown, url);
  return new DownloadError(code, reason, { mayPass, cause: thrown });
}

interface Fault {
  readonly code: DownloadFailureCode;
  readonly reason: string;
  readonly mayPass: boolean;
}

const CUT = 'the server closed the connection before the answer was complete';

// The names are those of errno, of getaddrinfo, and of undici's documented errors.
function faultOf(thrown: unknown, { host, hostname }: URL): Fault {
  const code = codeOf(thrown);
  switch (code) {
    case 'ECONNREFUSED':
      return passing(`connection refused; nothing listens on ${host}`);
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
      return passing('the server reset the connection');
    case 'CLOSED':
    case 'UND_ERR_SOCKET':
    // Of undici, which gives the first of them for a malformed answer with a length, too.
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return passing(CUT);
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return passing(`no connection to ${host}: it does not answer`);
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return passing(`there is no way to ${host} (${code})`);
    case 'EADDRNOTAVAIL':
    case 'EMFILE':
    case 'ENFILE':
      return passing(
        'this machine can open no more connections; a lower --concurrency needs fewer',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        code: 'NAME_NOT_RESOLVED',
        reason: `the name ${hostname} could not be resolved to an address`,
        mayPass: code === 'EAI_AGAIN',
      };
    default:
      return otherFault(thrown, code);
  }
}

function otherFault(thrown: unknown, code: string): Fault {
  if (code === 'EPROTO' || isTlsCode(code)) {
    const reason = `no secure connection ${tlsReason(thrown, code)}`;
    return { code: 'TLS', reason, mayPass: false };
  }
  // undici's parser calls the end of a connection within chunks so.
  if (firstLine(thrown).includes('Invalid EOF state')) return passing(CUT);
  if (isNoHttp(thrown, code)) {
    const reason = `the answer is not proper HTTP (${firstLine(thrown)})`;
    return { code: 'BAD_ANSWER', reason, mayPass: false };
  }
  return { code: 'CONNECTION', reason: firstLine(thrown), mayPass: false };
}

// undici's parser errors have a code only where its parser had one.
function isNoHttp(thrown: unknown, code: string): boolean {
  if (thrown instanceof HttpFault || code === 'UND_ERR_HEADERS_OVERFLOW') return true;
  return thrown instanceof Error && thrown.name === 'HTTPParserError';
}

function passing(reason: string): Fault {
  return { code: 'CONNECTION', reason, mayPass: true };
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
