import { toRequest, type CallOptions, type HttpRequest } from '../clients/call-options.js';

/** One HTTP call as a task: plain data that any thread can open. */
export interface HttpTaskSpec {
  readonly kind: 'http';
  readonly request: HttpRequest;
}

/**
 * The task of calling `url` once.
 *
 * @throws {UsageError} when the address or an option cannot be used.
 */
export function httpTask(url: string, options: CallOptions = {}): HttpTaskSpec {
  return { kind: 'http', request: toRequest(url, options) };
}
