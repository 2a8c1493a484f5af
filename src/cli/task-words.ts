import { UsageError } from '../core/errors.js';
import { parseCount, parseDuration, quoted } from '../core/parse-units.js';
import type { Compared } from '../experiment/compare-options.js';
import { programTask } from '../experiment/program-task.js';
import { commandTask } from '../tasks/command-task.js';
import { fileTask } from '../tasks/file-task.js';
import { matrixTask } from '../tasks/matrix-task.js';
import { MODULE_ENDING, moduleTask, readModule } from '../tasks/module-task.js';
import { piTask } from '../tasks/pi-task.js';
import { sleepTask } from '../tasks/sleep-task.js';

/** The words that name tasks, and those of a command, which stand behind `--`. */
export interface TaskWords {
  readonly words: readonly string[];
  /** `undefined` when there was no `--`. */
  readonly command: readonly string[] | undefined;
}

/** What a word stands for: a call, still to be made of its URL or its path on the practice server, or another task. */
export type NamedTask =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'other'; readonly task: Compared };

/** How tasks are written, for the help of a command. */
export const TASK_HELP = `
Tasks:
  http://…, https://…     a call; /path or nothing is one to the practice server
  sleep 200ms             wait
  file PATH               read a file
  pi 2000                 compute digits of π
  matrix 300              multiply two matrices of so many rows and columns
  ./task.ts               call its: export async function task(index, signal), export function taskSync(index)
  command -- ls -l        run a command; there is no shell in between`;

/** Splits the operands of a command where `--` stood in the words as they were typed. */
export function splitOperands(operands: readonly string[], typed: readonly string[]): TaskWords {
  const at = typed.indexOf('--');
  if (at === -1) return { words: operands, command: undefined };
  const behind = typed.length - at - 1;
  const words = operands.slice(0, operands.length - behind);
  return { words, command: typed.slice(at + 1) };
}

/**
 * The tasks that the words name, in their order. Two files that export no task are two programs.
 *
 * @throws {UsageError} when a word names no task, or a task cannot be used.
 */
export function parseTasks(
  { words, command }: TaskWords,
  timeoutMs: number | undefined,
): NamedTask[] {
  const rest = [...words];
  const tasks: NamedTask[] = [];
  const files = rest.filter((word) => isModule(word)).length;
  let commandIsNamed = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'command') {
      if (command === undefined) {
        throw new UsageError(`write -- before the command, like: command -- ls -l`);
      }
      commandIsNamed = true;
      tasks.push(other(commandTask(command, timeoutMs)));
    } else if (word === 'sleep') {
      tasks.push(other(sleepTask(parseDuration(operand('sleep', 'sleep 200ms', rest)))));
    } else if (word === 'file') {
      tasks.push(other(fileTask(operand('file', 'file README.md', rest))));
    } else if (word === 'pi') {
      tasks.push(other(piTask(countOperand('pi', rest))));
    } else if (word === 'matrix') {
      tasks.push(other(matrixTask(countOperand('matrix', rest))));
    } else if (isModule(word)) {
      tasks.push(other(files > 1 ? moduleOrProgram(word, timeoutMs) : moduleTask(word, timeoutMs)));
    } else if (word.startsWith('/')) {
      tasks.push({ kind: 'path', path: word });
    } else {
      tasks.push({ kind: 'url', url: checkedUrl(word) });
    }
  }
  if (command !== undefined && !commandIsNamed) tasks.push(other(commandTask(command, timeoutMs)));
  return tasks;
}

function other(task: Compared): NamedTask {
  return { kind: 'other', task };
}

function isModule(word: string): boolean {
  return MODULE_ENDING.test(word) && !word.includes('://');
}

function moduleOrProgram(file: string, timeoutMs: number | undefined): Compared {
  const { exports } = readModule(file);
  return exports.task || exports.taskSync
    ? moduleTask(file, timeoutMs)
    : programTask(file, timeoutMs);
}

function operand(task: string, example: string, rest: string[]): string {
  const word = rest.shift();
  if (word !== undefined) return word;
  throw new UsageError(`expected something after '${task}', like: ${example}`);
}

// A number belongs to the task before it; anything else is the next task.
function countOperand(task: string, rest: string[]): number | undefined {
  if (rest[0] === undefined || !/^\d/.test(rest[0])) return undefined;
  return parseCount(operand(task, task, rest), { min: 1, max: 1e6 });
}

function checkedUrl(word: string): string {
  if (/[:/.]/.test(word)) return word;
  throw new UsageError(
    `expected a URL, a path like /say-hi, the file of a task (.ts or .js), or one of sleep, file, pi, matrix and command, got ${quoted(word)}`,
  );
}
