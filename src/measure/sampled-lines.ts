import type { Milliseconds } from '../core/units.js';

/** A function in the tree of calls that V8's sampling profiler makes, and how often it was on top. Lines of functions begin at 0, those of ticks at 1. */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount?: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** What the hook keeps of a profile. */
export interface SampledProfile {
  readonly nodes: readonly ProfileNode[];
  readonly durationUs: number;
  readonly samples: number;
}

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
  readonly ticks: Map<number, number>;
  /** Ticks in functions of Node that it called, by their names; of V8's own under the empty name. */
  readonly called: Map<string, number>;
}

interface TickedLine {
  readonly line: number;
  readonly ticks: number;
}

/**
 * The lines of a program on which the profiler saw its thread. What V8 itself does for a line (JSON, regular expressions,
 * Atomics.wait) counts for it. Of what a function did through Node's own code the profile does not have the line: it counts
 * for the line that calls a function of that name, or else for that line of the function that was seen most, or its first.
 */
export function sampledLines(profile: SampledProfile, files: ProfileFiles): SampledLine[] {
  const functions = new Map<string, SeenFunction>();
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node])),
  );
  for (const node of profile.nodes) {
    if ((node.hitCount ?? 0) > 0) countNode(node, { parents, files, functions });
  }
  const tickMs = tickOf(profile);
  return [...functions.values()].flatMap((seen) => {
    const lines = [...linesOfCalls(seen, files.sourceOf(seen.url)), ...ownLines(seen)];
    return lines.map(({ line, ticks }) => ({
      url: seen.url,
      line,
      durationMs: ticks * tickMs,
    }));
  });
}

/**
 * How long the event loop had nothing to do. Node's own count of that, `idleTime`, is of no use while the profiler runs:
 * libuv forgets how long it slept when a signal wakes it, and each sample is a signal.
 */
export function sampledIdleMs(profile: SampledProfile): Milliseconds {
  const idle = profile.nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)');
  return idle.reduce((sum, { hitCount = 0 }) => sum + hitCount, 0) * tickOf(profile);
}

function tickOf({ durationUs, samples }: SampledProfile): Milliseconds {
  return durationUs / 1000 / Math.max(samples, 1);
}

interface Counting {
  readonly parents: ReadonlyMap<number, ProfileNode>;
  readonly files: ProfileFiles;
  readonly functions: Map<string, SeenFunction>;
}

function countNode(node: ProfileNode, { parents, files, functions }: Counting): void {
  const found = ownerOf(node, parents, files);
  if (found === undefined) return;
  const { url, scriptId, lineNumber, columnNumber, functionName } = found.owner.callFrame;
  const key = `${scriptId}:${lineNumber}:${columnNumber}`;
  const seen: SeenFunction = functions.get(key) ?? {
    url,
    firstLine: lineNumber + 1,
    // jiti puts a program in TypeScript into a function of that name.
    isTopLevel: lineNumber === 0 && (columnNumber === 0 || functionName === '_module'),
    ticks: new Map(),
    called: new Map(),
  };
  functions.set(key, seen);
  let left = node.hitCount ?? 0;
  if (node === found.owner) {
    const lastLine = files.sourceOf(url).length;
    for (const { line, ticks } of node.positionTicks ?? []) {
      // V8 counts the lines of functions that it built into this one as if they were of this file.
      if (line < seen.firstLine || line > lastLine) continue;
      increase(seen.ticks, line, ticks);
      left -= ticks;
    }
  }
  if (left > 0) increase(seen.called, found.called, left);
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

function ownLines(seen: SeenFunction): TickedLine[] {
  const byV8 = seen.called.get('') ?? 0;
  const most = mostTicked(seen, [...seen.ticks.keys()]);
  if (most === undefined) return firstLineOf(seen, byV8);
  return [...seen.ticks].map(([line, ticks]) => ({
    line,
    ticks: line === most ? ticks + byV8 : ticks,
  }));
}

function linesOfCalls(seen: SeenFunction, source: readonly string[]): TickedLine[] {
  return [...seen.called]
    .filter(([call]) => call !== '')
    .flatMap(([call, ticks]) => {
      const calling = source
        .map((text, index) => (callsIn(text).includes(call) ? index + 1 : 0))
        .filter((line) => line >= seen.firstLine);
      const [only] = calling.length === 1 ? calling : [];
      // Other lines of the file outside of functions have nothing to do with it.
      const near = seen.isTopLevel ? calling : [...seen.ticks.keys()];
      const line = only ?? mostTicked(seen, calling) ?? mostTicked(seen, near);
      return line === undefined ? firstLineOf(seen, ticks) : [{ line, ticks }];
    });
}

function mostTicked({ ticks }: SeenFunction, lines: readonly number[]): number | undefined {
  return lines
    .filter((line) => ticks.has(line))
    .toSorted((a, b) => (ticks.get(b) ?? 0) - (ticks.get(a) ?? 0))[0];
}

function callsIn(text: string): string[] {
  return [...text.matchAll(/([\w$]+)\s*\(/g)].map(([, name = '']) => name);
}

function firstLineOf({ firstLine, isTopLevel }: SeenFunction, ticks: number): TickedLine[] {
  return isTopLevel || ticks === 0 ? [] : [{ line: firstLine, ticks }];
}

function increase<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
