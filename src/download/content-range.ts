import type { Bytes } from '../core/units.js';

/** The bytes that an answer holds, both positions inclusive and from 0; or that there are none such. */
export type ContentRange =
  | { readonly first: Bytes; readonly last: Bytes; readonly size: Bytes | undefined }
  | { readonly unsatisfied: true; readonly size: Bytes | undefined };

/**
 * Reads a `Content-Range` field in bytes (RFC 9110 section 14.4): `bytes 0-9/100`, `bytes 0-9/*`, or with a 416 a star and
 * the size. `undefined` where there is none, or one that contradicts itself, is malformed or in another unit.
 */
export function parseContentRange(field: string | undefined): ContentRange | undefined {
  const parts = /^bytes[ \t]+(?:(\d+)-(\d+)|\*)\/(\d+|\*)$/i.exec(field?.trim() ?? '');
  if (parts === null) return undefined;
  const [, from, to, of] = parts;
  const size = of === '*' ? undefined : Number(of);
  if (size !== undefined && !Number.isSafeInteger(size)) return undefined;
  if (from === undefined || to === undefined) return { unsatisfied: true, size };
  const [first, last] = [Number(from), Number(to)];
  // RFC 9110 section 14.4: a last position before the first, or behind the end, makes the field invalid.
  if (!Number.isSafeInteger(last) || last < first || last >= (size ?? Infinity)) return undefined;
  return { first, last, size };
}
