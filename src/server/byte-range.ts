import type { Bytes } from '../core/units.js';

/** A part of a representation: the positions of its first and of its last byte, both inclusive, counted from 0. */
export interface ByteRange {
  readonly first: Bytes;
  readonly last: Bytes;
}

/**
 * Which bytes of a representation of `size` bytes a `Range` field asks for (RFC 9110 section 14.1.2). `'whole'` where
 * there is none, or one that a server may ignore and this one does: several ranges, another unit, or a malformed one.
 */
export function requestedRange(
  field: string | undefined,
  size: Bytes,
): ByteRange | 'whole' | 'unsatisfiable' {
  const parts = /^bytes=(\d*)-(\d*)$/i.exec(field ?? '');
  if (parts === null) return 'whole';
  const [, from = '', to = ''] = parts;
  if (from === '' && to === '') return 'whole';
  if (from === '') return lastBytes(Number(to), size);
  const first = Number(from);
  const last = to === '' ? Infinity : Number(to);
  if (last < first) return 'whole';
  return first < size ? { first, last: Math.min(last, size - 1) } : 'unsatisfiable';
}

function lastBytes(length: Bytes, size: Bytes): ByteRange | 'unsatisfiable' {
  if (length === 0 || size === 0) return 'unsatisfiable';
  return { first: Math.max(0, size - length), last: size - 1 };
}
