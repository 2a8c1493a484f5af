import { inspect } from 'node:util';

const MOST_CHARACTERS = 80;

/** Any value that a learner's module gave, as a short text for a sentence: as JSON where that is short, else as far as can be seen. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : inspected(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

// What JSON cannot show (a circle, a bigint) is no reason to fail.
function inspected(value: unknown): string {
  try {
    if (typeof value === 'number') return String(value);
    const text: string | undefined = JSON.stringify(value, (_, one: unknown) =>
      isLostInJson(one) ? String(one) : one,
    );
    if (text !== undefined) return text;
  } catch {
    // It is shown below.
  }
  return inspect(value, { depth: 1, breakLength: Infinity, compact: true });
}

// An error becomes {}, and NaN null.
function isLostInJson(value: unknown): boolean {
  return value instanceof Error || (typeof value === 'number' && !Number.isFinite(value));
}
