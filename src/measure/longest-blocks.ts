import { isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BoundBlock } from '../core/bound.js';
import type { Milliseconds } from '../core/units.js';
import type { HookedProcess } from './hook-reports.js';
import { sampledLines } from './sampled-lines.js';
import { SourceLines } from './source-lines.js';

const MOST = 10;
/** The file that is loaded into the program. */
export const HOOK: string = join(import.meta.dirname, 'program-hook.cjs');
const PLACE = /^\s*at (?:.*\()?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):\d+\)?$/;
const INSTALLED = `${sep}node_modules${sep}`;
// What makes JavaScript of a program in TypeScript is no part of it.
const TRANSLATOR = `${INSTALLED}jiti${sep}`;
const STARTING: ReadonlySet<string> = new Set([
  join(import.meta.dirname, 'typescript-process.js'),
  join(import.meta.dirname, '..', 'tasks', 'user-modules.js'),
]);

interface Place {
  readonly file: string;
  readonly line: number;
}

interface Held extends Place {
  durationMs: Milliseconds;
  /** How much of that in timed calls, and the last of those. */
  timedMs: Milliseconds;
  call: string | undefined;
}

/** The lines of a program that held its main thread longest, in all: the timed calls and the sampled lines together. */
export function longestBlocks(hooked: HookedProcess): BoundBlock[] {
  const sources = new SourceLines();
  const held = new Map<string, Held>();
  const add = ({ file, line }: Place, durationMs: Milliseconds, call?: string): void => {
    if (file.includes(TRANSLATOR) || STARTING.has(file)) return;
    const key = `${file}:${line}`;
    const block = held.get(key) ?? { file, line, durationMs: 0, timedMs: 0, call };
    held.set(key, block);
    block.durationMs += durationMs;
    if (call === undefined) return;
    block.timedMs += durationMs;
    block.call = call;
  };
  for (const { stack, call, durationMs } of hooked.calls) {
    const place = callerOf(stack);
    if (place !== undefined) add(place, durationMs, call);
  }
  const lines = sampledLines(hooked.profiles, {
    isProgram: (url) => isFile(url) && fileOf(url) !== HOOK,
    isTimed: (url) => isFile(url) && fileOf(url) === HOOK,
    sourceOf: (url) => sources.of(fileOf(url)),
  });
  for (const { url, line, durationMs } of lines) add({ file: fileOf(url), line }, durationMs);
  const longest = [...held.values()].toSorted((a, b) => b.durationMs - a.durationMs);
  return longest.slice(0, MOST).map(({ file, line, durationMs, timedMs, call }) => ({
    file,
    line,
    durationMs,
    call: timedMs > durationMs / 2 ? call : undefined,
    source: sources.of(file)[line - 1]?.trim(),
  }));
}

/** The nearest line of the program's own that made a call; else that of a package it installed. */
function callerOf(stack: string): Place | undefined {
  const places = stack.split('\n').flatMap((text) => {
    const [, found, line] = PLACE.exec(text) ?? [];
    const file = found === undefined ? HOOK : fileOf(found);
    return file === HOOK ? [] : [{ file, line: Number(line) }];
  });
  return places.find(({ file }) => !file.includes(INSTALLED)) ?? places[0];
}

function isFile(url: string): boolean {
  return url.startsWith('file://') || isAbsolute(url);
}

function fileOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url;
}
