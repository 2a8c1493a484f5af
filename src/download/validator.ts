import type { Milliseconds } from '../core/units.js';
import { parseHttpDate } from './http-date.js';
import type { AnswerHead } from './transport.js';

/** What names one version of a file, byte for byte: it is sent as `If-Range`. */
export type Validator =
  | { readonly kind: 'etag'; readonly value: string }
  | { readonly kind: 'date'; readonly value: string };

// A file may change twice within a second, which is as finely as the field counts; and its clock may not be that of `Date`.
const SETTLED_MS: Milliseconds = 60_000;

/**
 * What can be trusted to be another one as soon as a byte of the file is: a strong `ETag` (RFC 9110 section 8.8.3), or a
 * `Last-Modified` at least a minute before the `Date` of the answer (section 8.8.2.2). A date counts only where there is no
 * entity tag, not even a weak one (section 13.1.5).
 */
export function strongValidator(
  head: Pick<AnswerHead, 'etag' | 'lastModified' | 'date'>,
): Validator | undefined {
  const { etag, lastModified, date } = head;
  if (etag !== undefined && isStrongEtag(etag)) return { kind: 'etag', value: etag };
  if (isWeakEtag(etag) || lastModified === undefined || date === undefined) return undefined;
  const answeredMs = parseHttpDate(date, Date.now());
  const modifiedMs = parseHttpDate(lastModified, Date.now());
  if (answeredMs === undefined || modifiedMs === undefined) return undefined;
  return answeredMs - modifiedMs >= SETTLED_MS ? { kind: 'date', value: lastModified } : undefined;
}

/** Whether this is an entity tag that is not marked as weak, written as RFC 9110 section 8.8.3 says. */
export function isStrongEtag(etag: string): boolean {
  return /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag);
}

/** Whether this is an entity tag that is marked as weak. */
function isWeakEtag(etag: string | undefined): boolean {
  return etag?.startsWith('W/') === true && isStrongEtag(etag.slice(2));
}
