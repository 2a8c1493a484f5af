import type { Milliseconds } from '../core/units.js';
import type { ProfileNode, SampledProfile } from './sampled-profile.js';

/** How long the thread was seen on a line. */
export interface SampledLine {
  readonly url: string;
  readonly line: number;
  readonly durationMs: Milliseconds;
}

/** What is to be known of the files of a program to make sense of a profile. */
export interface ProfileFiles {
  /** Whether its time counts for its own lines and not for those that called it. */
  isProgram(url: string): boolean;
  /** Whether what it calls is told of otherwise. */
  isTimed(url: string): boolean;
  /** Its lines; none where they cannot be read. */
  sourceOf(url: string): readonly string[];
}

interface SeenFunction {
  readonly url: string;
  readonly firstLine: number;
  /** Whether it is the code of a file outside of functions, of which the first line says nothing. */
  readonly isTopLevel: boolean;
  /** How long it was seen on each of its lines. */
  readonly ownMs: Map<number, Milliseconds>;
  /** How long in functions of Node that it called, by their names; in V8's own under the empty name. */
  readonly calledMs: Map<string, Milliseconds>;
}

type TimedLine = Omit<SampledLine, 'url'>;

/**
 * The lines of a program on which the profiler saw its thread, in all profiles together. What V8 itself does for a line
 * (JSON, regular expressions, Atomics.wait) counts for it. Of what a function did through Node's own code the profile does
 * not have the line: it counts for the line that calls a function of that name, or else for that line of the function that
 * was seen most, or its first.
 */
export function sampledLines(
  profiles: readonly SampledProfile[],
  files: ProfileFiles,
): SampledLine[] {
  const functions = new Map<string, SeenFunction>();
  for (const profile of profiles) countProfile(profile, files, functions);
  return [...functions.values()].flatMap((seen) =>
    [...linesOfCalls(seen, files.sourceOf(seen.url)), ...ownLines(seen)].map(
      ({ line, durationMs }) => ({ url: seen.url, line, durationMs }),
    ),
  );
}

function countProfile(
  profile: SampledProfile,
  files: ProfileFiles,
  functions: Map<string, SeenFunction>,
): void {
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node])),
  );
  for (const node of profile.nodes) {
    const found = (node.hitCount ?? 0) === 0 ? undefined : ownerOf(node, parents, files);
    if (found === undefined) continue;
    const seen = seenFunction(found.owner, functions);
    const lastLine = files.sourceOf(seen.url).length;
    const hits = node.hitCount ?? 0;
    const tickMs = node.heldUs / 1000 / hits;
    let left = hits;
    for (const { line, ticks } of node === found.owner ? (node.positionTicks ?? []) : []) {
      // V8 counts the lines of functions that it built into this one as if they were of this file.
      if (line < seen.firstLine || line > lastLine) continue;
      increase(seen.ownMs, line, ticks * tickMs);
      left -= ticks;
    }
    if (left > 0) increase(seen.calledMs, found.called, left * tickMs);
  }
}

function seenFunction(
  { callFrame }: ProfileNode,
  functions: Map<string, SeenFunction>,
): SeenFunction {
  const { url, scriptId, lineNumber, columnNumber, functionName } = callFrame;
  const key = `${scriptId}:${lineNumber}:${columnNumber}`;
  const seen: SeenFunction = functions.get(key) ?? {
    url,
    firstLine: lineNumber + 1,
    // Node and jiti put a file into a function without a name.
    isTopLevel: lineNumber === 0 && functionName === '',
    ownMs: new Map(),
    calledMs: new Map(),
  };
  functions.set(key, seen);
  return seen;
}

/** The nearest function of the program and which of Node's it called, unless what was called is timed. */
function ownerOf(
  node: ProfileNode,
  parents: ReadonlyMap<number, ProfileNode>,
  files: ProfileFiles,
): { owner: ProfileNode; called: string } | undefined {
  let called = '';
  let at: ProfileNode | undefined = node;
  while (at !== undefined) {
    const { url, functionName } = at.callFrame;
    if (files.isProgram(url)) return { owner: at, called };
    if (files.isTimed(url)) return undefined;
    if (url !== '') called = functionName.slice(functionName.lastIndexOf('.') + 1);
    at = parents.get(at.id);
  }
  return undefined;
}

function ownLines(seen: SeenFunction): TimedLine[] {
  const byV8Ms = seen.calledMs.get('') ?? 0;
  const longest = longestOf(seen, [...seen.ownMs.keys()]);
  if (longest === undefined) return firstLineOf(seen, byV8Ms);
  return [...seen.ownMs].map(([line, ownMs]) => ({
    line,
    durationMs: line === longest ? ownMs + byV8Ms : ownMs,
  }));
}

function linesOfCalls(seen: SeenFunction, source: readonly string[]): TimedLine[] {
  return [...seen.calledMs]
    .filter(([call]) => call !== '')
    .flatMap(([call, durationMs]) => {
      const calling = source
        .map((text, index) => (callsIn(text).includes(call) ? index + 1 : 0))
        .filter((line) => line >= seen.firstLine);
      const [only] = calling.length === 1 ? calling : [];
      // Other lines of the file outside of functions have nothing to do with it.
      const near = seen.isTopLevel ? calling : [...seen.ownMs.keys()];
      const line = only ?? longestOf(seen, calling) ?? longestOf(seen, near);
      return line === undefined ? firstLineOf(seen, durationMs) : [{ line, durationMs }];
    });
}

function longestOf({ ownMs }: SeenFunction, lines: readonly number[]): number | undefined {
  return lines
    .filter((line) => ownMs.has(line))
    .toSorted((a, b) => (ownMs.get(b) ?? 0) - (ownMs.get(a) ?? 0))[0];
}

function callsIn(text: string): string[] {
  return [...text.matchAll(/([\w$]+)\s*\(/g)].map(([, name = '']) => name);
}

function firstLineOf(
  { firstLine, isTopLevel }: SeenFunction,
  durationMs: Milliseconds,
): TimedLine[] {
  return isTopLevel || durationMs === 0 ? [] : [{ line: firstLine, durationMs }];
}

function increase<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
