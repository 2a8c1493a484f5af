import type { Bytes } from '../core/units.js';
import type { Validator } from './validator.js';

/** What is there of a file, to go on from. */
export interface Resumption {
  /** How many of its first bytes. */
  readonly offset: Bytes;
  /** The version that they are of. */
  readonly validator: Validator | undefined;
  /** The length of the whole file. */
  readonly sizeBytes: Bytes | undefined;
  /** Whether it is known what the whole must add up to, which finds every mixture of versions in the end. */
  readonly hasChecksum: boolean;
}

/**
 * The headers of the request for a file, or for what is missing of it. `If-Range` gets the whole file where it has changed
 * (RFC 9110 section 13.1.5). Without a validator and a checksum nothing could tell that, so the whole file is asked for.
 */
export function requestHeaders(resumption: Resumption | undefined): Record<string, string> {
  const headers = { 'accept-encoding': 'identity' };
  if (!asksForRange(resumption)) return headers;
  const { offset, validator } = resumption;
  const range = { ...headers, range: `bytes=${offset}-` };
  return validator === undefined ? range : { ...range, 'if-range': validator.value };
}

/** Whether only what is missing is asked for. */
export function asksForRange(resumption: Resumption | undefined): resumption is Resumption {
  if (resumption === undefined || resumption.offset === 0) return false;
  return resumption.validator !== undefined || resumption.hasChecksum;
}
