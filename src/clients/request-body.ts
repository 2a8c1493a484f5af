import { isUtf8 } from 'node:buffer';
import { UsageError } from '../core/errors.js';

/**
 * The bytes that are sent for a body: text as UTF-8; bytes are copied, so that nobody changes them afterwards.
 *
 * @throws {UsageError} when it is neither.
 */
export function bodyBytes(body: string | Uint8Array): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  throw new UsageError(
    'expected a body of text or of bytes (a Uint8Array); JSON.stringify makes text of an object',
  );
}

/** What a body is said to be when nobody says so: JSON where it is JSON, otherwise text, otherwise bytes. */
export function contentTypeOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) return 'application/octet-stream';
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return 'application/json';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}
