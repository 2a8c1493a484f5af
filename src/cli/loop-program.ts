import { readFile, realpath } from 'node:fs/promises';
import { createJiti } from 'jiti';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import * as lwasyncClientOnLoop from '../clients/on-loop.js';
import * as lwasyncLoop from '../loop/index.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { QuitError } from './loop-stepper.js';
import { describeFailure, sentenceOf } from './program-failure.js';

/** A file to run. */
export interface Program {
  /** Absolute. */
  readonly path: string;
  /** The line, as `file:line`, where its `main` is, or seems to be. */
  readonly placeOfMain: string;
}

/** How a program ended. */
export type Ending =
  /** `isScript`: it exports no main, and ran what it ran by itself. */
  | { readonly kind: 'done'; readonly isScript: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly description: string }
  | { readonly kind: 'interrupted' };

/** Under what circumstances a program runs. */
export interface Circumstances {
  readonly words: readonly string[];
  /** Whether what it prints goes to standard error. */
  readonly printsAside: boolean;
  /** Resolves when it is to be left alone. */
  readonly interrupted: Promise<void>;
}

/** @throws {UsageError} when there is no such file. */
export async function findProgram(file: string): Promise<Program> {
  try {
    const path = await realpath(file);
    return { path, placeOfMain: `${path}:${lineOfMain(await readFile(path, 'utf8'))}` };
  } catch (error) {
    throw new UsageError(
      `expected the file of a program (.ts or .js), got ${quoted(file)} (${messageOf(error)})`,
    );
  }
}

/** The line of a source on which `main`, or what it exports by default, begins; 1 where that cannot be seen. */
export function lineOfMain(source: string): number {
  const lines = source.split('\n');
  const found = lines.findIndex((line) =>
    /^\s*(?:export\s+default\s|(?:export\s+)?(?:async\s+)?(?:function\s*\*?|const|let)\s*main\b)/.test(
      line,
    ),
  );
  return found === -1 ? 1 : found + 1;
}

/** Runs a program to its end. Nothing it throws leaves here. */
export async function runProgram(program: Program, around: Circumstances): Promise<Ending> {
  const stopAside = around.printsAside ? printAside() : undefined;
  process.argv.splice(1, Infinity, program.path, ...around.words);
  let fail = (_thrown: unknown): void => {};
  const uncaught = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  uncaught.catch(() => {});
  process.on('uncaughtException', fail);
  try {
    const idle = new Promise<Ending>((resolve) => {
      process.once('beforeExit', () => resolve({ kind: 'done', isScript: true }));
    });
    const interrupted = around.interrupted.then((): Ending => ({ kind: 'interrupted' }));
    return await Promise.race([
      loadAndRun(program, idle),
      uncaught,
      interrupted,
      waitedForEver(idle),
    ]);
  } catch (error) {
    if (error instanceof QuitError) return { kind: 'interrupted' };
    return { kind: 'failed', message: sentenceOf(error), description: describeFailure(error) };
  } finally {
    process.off('uncaughtException', fail);
    stopAside?.();
  }
}

async function loadAndRun({ path }: Program, idle: Promise<Ending>): Promise<Ending> {
  // The very modules that run here, and not another copy of them, are what the program imports.
  const virtualModules = {
    'lwasync/loop': lwasyncLoop,
    'lwasync/client-on-loop': lwasyncClientOnLoop,
  };
  const jiti = createJiti(import.meta.url, {
    virtualModules,
    interopDefault: false,
    fsCache: false,
  });
  const main = mainOf(await jiti.import(path));
  // A script runs what it wants to run by itself, and is over when nothing is left to do.
  if (main === undefined) return idle;
  const loop = new lwasyncLoop.EventLoop();
  try {
    if (isAsync(main)) await loop.host(main);
    else loop.run(main);
  } finally {
    loop.close();
  }
  // Node tells of promises that failed unheard after the microtasks.
  await nextTurn();
  return { kind: 'done', isScript: false };
}

type Main = () => Coroutine<unknown>;
type AsyncMain = () => Promise<unknown>;

function mainOf(module: unknown): Main | AsyncMain | undefined {
  const { main, default: byDefault }: { main?: unknown; default?: unknown } = Object(module);
  return [main, byDefault].find((exported) => isMain(exported));
}

// What it returns is looked at when it is called.
function isMain(exported: unknown): exported is Main | AsyncMain {
  return typeof exported === 'function';
}

function isAsync(main: Main | AsyncMain): main is AsyncMain {
  return main.constructor.name === 'AsyncFunction';
}

/** Rejects when Node has nothing left to do and what runs has not ended by that. */
async function waitedForEver(idle: Promise<Ending>): Promise<never> {
  await idle;
  await nextTurn();
  throw new UsageError('it waits for something that can never happen');
}

async function nextTurn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Sends what is printed on standard output to standard error. Returns the undo. */
function printAside(): () => void {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return () => {
    stdout.write = write;
  };
}
