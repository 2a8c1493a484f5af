import { LwasyncError } from '../core/errors.js';

/**
 * What is wrong with an answer: it breaks the grammar or a rule of HTTP/1.1, its header or its body is over our limit, or
 * the connection ended before the answer did.
 */
export type HttpFaultCode = 'MALFORMED' | 'HEADERS_TOO_LARGE' | 'BODY_TOO_LARGE' | 'CLOSED';

/**
 * An answer that cannot be used. The message is part of a sentence, like "a header line without a colon". Where the next
 * answer would begin is unknown after it, so the caller gives the connection up.
 */
export class HttpFault extends LwasyncError {
  readonly code: HttpFaultCode;

  constructor(code: HttpFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The fault of an answer that breaks a rule; `message` says what was found in it. */
export function malformed(message: string): HttpFault {
  return new HttpFault('MALFORMED', message);
}
