import { sep } from 'node:path';
import { messageOf } from '../core/errors.js';
import { TaskGroupError } from '../loop/errors.js';
import { programPlace } from '../loop/instruments/call-place.js';

/**
 * What a program threw, for its author: the message, then the lines of the stack that are the program's own. Of several
 * errors of a group each is told.
 */
export function describeFailure(thrown: unknown): string {
  const lines = [sentenceOf(thrown), ...ownFrames(thrown)];
  if (thrown instanceof TaskGroupError) {
    for (const error of thrown.errors) lines.push(`  ${describeFailure(error)}`);
  }
  return lines.join('\n');
}

/** The name and the message of what was thrown, on one line. */
export function sentenceOf(thrown: unknown): string {
  const name = thrown instanceof Error ? `${thrown.name}: ` : '';
  return nearby(`${name}${messageOf(thrown)}`.replaceAll(/\s+/g, ' ').trim());
}

/** A text with the paths of files in this folder shortened. */
export function nearby(text: string): string {
  return text.replaceAll(process.cwd() + sep, '');
}

function ownFrames(thrown: unknown): string[] {
  const stack: unknown = thrown instanceof Error ? thrown.stack : undefined;
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .filter((line) => programPlace(line) !== undefined)
    .map((line) => nearby(line));
}
