import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/** Statuses from one to another, both included. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** Success, RFC 9110 section 15.3: what is expected unless said otherwise. */
export const SUCCESS: readonly StatusRange[] = [{ from: 200, to: 299 }];

// RFC 9110 section 15 knows statuses of three digits; those below 200 are never the last of an answer.
const FIRST = 200;
const LAST = 999;

/**
 * Reads the statuses that count as success: `200`, `2xx`, `200-299`, and several with commas between them.
 *
 * @throws {UsageError} when the text is not such a list.
 */
export function parseExpectedStatus(text: string): readonly StatusRange[] {
  return text.split(',').map((part) => {
    const range = rangeOf(part.trim().toLowerCase());
    if (range !== undefined && FIRST <= range.from && range.from <= range.to) return range;
    throw new UsageError(
      `expected statuses from ${FIRST} to ${LAST} (like 200, 2xx, 200-299 or 200,404), got ${quoted(text)}`,
    );
  });
}

/** Whether a status is among the expected ones. */
export function isExpected(status: number, expected: readonly StatusRange[]): boolean {
  for (const { from, to } of expected) if (from <= status && status <= to) return true;
  return false;
}

/** The expected statuses for a sentence: `200 to 299 or 404`. */
export function describeExpected(expected: readonly StatusRange[]): string {
  return expected
    .map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`))
    .join(' or ');
}

function rangeOf(part: string): StatusRange | undefined {
  const [, family] = /^(\d)xx$/.exec(part) ?? [];
  if (family !== undefined) return { from: Number(family) * 100, to: Number(family) * 100 + 99 };
  const [, from, to = from] = /^(\d{3})(?:-(\d{3}))?$/.exec(part) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}
