import { accessSync, constants } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';

/** What is started for the words of a command. */
export interface ProgramCommand {
  readonly file: string;
  readonly words: readonly string[];
  /** As its user wrote it. */
  readonly text: string;
}

const TYPESCRIPT_PROCESS = fileURLToPath(new URL('./typescript-process.js', import.meta.url));
const JAVASCRIPT: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs']);
const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.mts', '.cts']);

/**
 * What to start: the command as it is, or this Node with the file of a program in JavaScript or TypeScript.
 *
 * @throws {UsageError} when that file cannot be read.
 */
export function programCommand(command: readonly [string, ...string[]]): ProgramCommand {
  const [file, ...words] = command;
  const text = command.map(shellWord).join(' ');
  const kind = extname(file);
  const isTypeScript = TYPESCRIPT.has(kind);
  if (!isTypeScript && !JAVASCRIPT.has(kind)) return { file, words, text };
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new UsageError(
      `expected a program or the file of one after --, found no ${quoted(file)}`,
    );
  }
  // Node 20 reads no TypeScript.
  const starter = isTypeScript ? [TYPESCRIPT_PROCESS] : [];
  return { file: process.execPath, words: [...starter, ...command], text };
}

// For people: quoted where a shell would take it apart.
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
