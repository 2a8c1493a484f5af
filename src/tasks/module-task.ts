import { readFileSync, realpathSync } from 'node:fs';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Milliseconds } from '../core/units.js';

/**
 * Somebody's own function as a task: `export async function task(index, signal)`, and for threads that block
 * `export function taskSync(index)`.
 */
export interface ModuleTaskSpec {
  readonly kind: 'module';
  /** Absolute. */
  readonly path: string;
  /** As it was written. */
  readonly file: string;
  /** Which of the two functions it exports, as far as its text shows. */
  readonly exports: ModuleExports;
  /** How long one call may take. */
  readonly timeoutMs: Milliseconds;
}

/** The functions of a module that are tasks. */
export interface ModuleExports {
  readonly task: boolean;
  readonly taskSync: boolean;
}

/** Limit for one call unless another is given. */
const MODULE_TIMEOUT_MS: Milliseconds = 10_000;

/** The endings of files that are taken for modules. */
export const MODULE_ENDING: RegExp = /\.[cm]?[jt]s$/;

/**
 * The task of calling the functions that a module exports.
 *
 * @throws {UsageError} when the file cannot be read, or exports neither function.
 */
export function moduleTask(
  file: string,
  timeoutMs: Milliseconds = MODULE_TIMEOUT_MS,
): ModuleTaskSpec {
  const { path, exports } = readModule(file);
  if (!exports.task && !exports.taskSync) {
    throw new UsageError(
      `${file} exports neither task nor taskSync; write: export async function task(index, signal) { … }, ` +
        `or to run it as a program name two of them (lwasync compare a.ts b.ts), or lwasync bound -- ${file}`,
    );
  }
  return { kind: 'module', path, file, exports, timeoutMs };
}

/**
 * Where a module is and which tasks it exports, read from its text, since importing a program would run it.
 *
 * @throws {UsageError} when the file cannot be read.
 */
export function readModule(file: string): { path: string; exports: ModuleExports } {
  try {
    const path = realpathSync(file);
    return { path, exports: findExports(readFileSync(path, 'utf8')) };
  } catch (error) {
    throw new UsageError(
      `expected the file of a task (.ts or .js), got ${quoted(file)} (${messageOf(error)})`,
    );
  }
}

/** Which tasks the text of a module exports, by a declaration, a list, or from elsewhere. */
export function findExports(source: string): ModuleExports {
  const all = /^\s*export\s*\*\s*from\b/m.test(source);
  return {
    task: all || exportsName(source, 'task'),
    taskSync: all || exportsName(source, 'taskSync'),
  };
}

function exportsName(source: string, name: string): boolean {
  const declared = new RegExp(
    String.raw`^\s*export\s+(?:async\s+)?(?:function\s*\*?|const|let|var)\s*${name}\b`,
    'm',
  );
  const listed = new RegExp(String.raw`^\s*export\s*\{[^}]*\b${name}\s*[,}\n]`, 'm');
  const common = new RegExp(String.raw`^\s*(?:module\.)?exports\.${name}\s*=`, 'm');
  const inObject = new RegExp(String.raw`\b${name}\s*(?:[,:(]|$)`, 'm');
  return (
    declared.test(source) ||
    listed.test(source) ||
    common.test(source) ||
    inObject.test(exportedObject(source))
  );
}

// On one line, or up to the line on which its brace stands first.
function exportedObject(source: string): string {
  const object = /^\s*(?:module\.exports\s*=|export\s+default)\s*\{(?:(.*)\}|([^]*?)^\})/m;
  const [, oneLine, severalLines = ''] = object.exec(source) ?? [];
  return (oneLine ?? severalLines).trim();
}
