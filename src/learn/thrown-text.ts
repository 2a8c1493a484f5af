import { messageOf } from '../core/errors.js';

// More than anybody reads of it.
const MOST_CHARACTERS = 2000;

/** What was thrown, as a text that can be told: anything can be thrown, also what cannot be made a text, or fails when it is looked at. */
export function sayThrown(thrown: unknown): string {
  const text = textOf(() => messageOf(thrown));
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)} …` : text;
}

/** The name of an error; of what is none, its type. */
export function nameOfThrown(thrown: unknown): string {
  return textOf(() => (thrown instanceof Error ? thrown.name : typeof thrown));
}

function textOf(look: () => unknown): string {
  try {
    const text = look();
    if (typeof text === 'string') return text;
  } catch {
    // It is told as what it is.
  }
  return '(something that cannot be shown)';
}
