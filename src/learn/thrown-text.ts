import { basename } from 'node:path';
import { messageOf } from '../core/errors.js';

// What the compiler says of a text that it cannot read; its columns are counted from 0.
const UNREADABLE = /^\w*Error: (?<what>[^]*?)\s+\S*?:(?<line>\d+):(?<column>\d+)$/u;
// How the compiler calls what a module has imported.
const IMPORTED = /\(0 , \w+\.(?<name>[\w$]+)\)/gu;

/** The sentence of what was thrown. Anything can be thrown, also what cannot be made a text, or fails when it is looked at. */
export function messageOfThrown(thrown: unknown): string {
  return textOr(() => messageOf(thrown), '(something that cannot be shown)');
}

/** The kind of what was thrown, as `TypeError`. */
export function nameOfThrown(thrown: unknown): string {
  return textOr(
    () => (thrown instanceof Error ? thrown.name : typeof thrown),
    '(something that cannot be shown)',
  );
}

/** The sentence of what was thrown in `file`, for whoever wrote that, with the line where it is known: `no (exercise.ts:7)`. */
export function sayThrown(thrown: unknown, file: string): string {
  const message = messageOfThrown(thrown);
  const unreadable = UNREADABLE.exec(message)?.groups;
  if (unreadable !== undefined) {
    const { what, line, column } = unreadable;
    return `${what} (${basename(file)}:${line}:${Number(column) + 1})`;
  }
  const said = message.replaceAll(IMPORTED, '$<name>');
  const line = lineIn(
    textOr(() => (thrown instanceof Error ? thrown.stack : ''), ''),
    file,
  );
  return line === undefined ? said : `${said} (${basename(file)}:${line})`;
}

// The line of `file` that comes first in the stack of an error.
function lineIn(stack: string, file: string): number | undefined {
  const at = stack.indexOf(`${file}:`);
  if (at < 0) return undefined;
  const line = Number.parseInt(stack.slice(at + file.length + 1), 10);
  return Number.isNaN(line) ? undefined : line;
}

function textOr(look: () => unknown, otherwise: string): string {
  try {
    const text = look();
    if (typeof text === 'string') return text;
  } catch {
    // It is told as what it is.
  }
  return otherwise;
}
