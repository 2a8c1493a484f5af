import type { Environment } from '../core/run.js';
import type { Seconds } from '../core/units.js';
import { FEWEST_PAIRS, type RatioEstimate } from './ratio-estimate.js';
import { estimateUnpairedRatio } from './unpaired-ratio.js';

/** A saved measurement, as far as it can be compared with another. */
export interface SavedMeasurement {
  readonly kind: 'compare' | 'sweep';
  readonly version: string;
  readonly environment: Environment;
  /** What was done, as one would type it. */
  readonly task: string;
  /** What was measured in which way, by what it is called there: `calls a round` -> `10`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly parts: readonly SavedPart[];
}

/** A contender of a comparison, or a level of a sweep. */
export interface SavedPart {
  readonly name: string;
  /** What each round took: its wall time, or at a level of a sweep the wall time of a completed call. */
  readonly seconds: readonly Seconds[];
  readonly failed: number;
  /** Completed calls a second; `undefined` when there was no round. */
  readonly throughput: number | undefined;
  readonly p50: Seconds | undefined;
  readonly p99: Seconds | undefined;
  /** How many times as fast as the baseline of its own run, where it was compared with one. */
  readonly ratio: Omit<RatioEstimate, 'pairs'> | undefined;
}

/** Whether a part got slower, or why that cannot be told. */
type PartChange =
  'slower' | 'faster' | 'none shown' | 'too few rounds' | 'calls failed' | 'not measured';

/** One part, before and after. */
export interface PartDiff {
  readonly name: string;
  readonly before: SavedPart;
  readonly after: SavedPart;
  /** Time after over time before; `undefined` where one of them has no round in which every call ended well. */
  readonly slowdown: RatioEstimate | undefined;
  readonly change: PartChange;
}

/** One thing that was not the same, so that the measurements may differ because of it. */
interface DifferentCircumstance {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Whether something else was measured, so that one does not tell of the other. */
  readonly isOtherWork: boolean;
}

/** What changed from one measurement to another. */
export interface RunDiff {
  readonly circumstances: readonly DifferentCircumstance[];
  readonly parts: readonly PartDiff[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** Compares two measurements of the same kind, part by part. */
export function diffRuns(before: SavedMeasurement, after: SavedMeasurement): RunDiff {
  const inAfter = new Map(after.parts.map((part) => [part.name, part]));
  const inBefore = new Set(before.parts.map(({ name }) => name));
  return {
    circumstances: circumstances(before, after),
    parts: before.parts.flatMap((part) => {
      const other = inAfter.get(part.name);
      return other === undefined ? [] : [diffParts(part, other)];
    }),
    onlyBefore: before.parts.map(({ name }) => name).filter((name) => !inAfter.has(name)),
    onlyAfter: after.parts.map(({ name }) => name).filter((name) => !inBefore.has(name)),
  };
}

function diffParts(before: SavedPart, after: SavedPart): PartDiff {
  const { name } = before;
  // A failure can be fast, and which rounds it was in is not known.
  if (before.failed + after.failed > 0) {
    return { name, before, after, slowdown: undefined, change: 'calls failed' };
  }
  if (before.seconds.length === 0 || after.seconds.length === 0) {
    return { name, before, after, slowdown: undefined, change: 'not measured' };
  }
  const slowdown = estimateUnpairedRatio(after.seconds, before.seconds);
  return { name, before, after, slowdown, change: changeOf(slowdown) };
}

function changeOf({ interval }: RatioEstimate): PartChange {
  if (interval === undefined) return 'too few rounds';
  const [low, high] = interval;
  return low > 1 ? 'slower' : high < 1 ? 'faster' : 'none shown';
}

function circumstances(before: SavedMeasurement, after: SavedMeasurement): DifferentCircumstance[] {
  const names = new Set([...Object.keys(before.settings), ...Object.keys(after.settings)]);
  const pairs: readonly (readonly [what: string, was: string, is: string, isOtherWork: boolean])[] =
    [
      ['task', withoutOwnPort(before.task), withoutOwnPort(after.task), true],
      ...[...names].map(
        (what) =>
          [what, before.settings[what] ?? 'none', after.settings[what] ?? 'none', true] as const,
      ),
      ['machine', machineOf(before.environment), machineOf(after.environment), false],
      ['Node.js', before.environment.node, after.environment.node, false],
      ['lwasync', before.version, after.version, false],
    ];
  return pairs.flatMap(([what, was, is, isOtherWork]) =>
    was === is ? [] : [{ what, before: was, after: is, isOtherWork }],
  );
}

function machineOf({ os, cpus, cpuModel }: Environment): string {
  return `${os}, ${cpus} CPUs (${cpuModel})`;
}

// The practice server takes another free port each time it is started for a run.
function withoutOwnPort(task: string): string {
  return task.replaceAll(/(\/\/(?:127\.0\.0\.1|localhost|\[::1\])):\d+/g, '$1');
}

/** Whether a limit on slowing down held; `inconclusive` when the limit lies inside the interval or nothing can be told. */
export type SlowdownResult = 'met' | 'failed' | 'inconclusive';

/**
 * Holds the parts against the most by which each may have got slower, a share of its time before: the whole interval has to
 * be on one side. What else was measured tells nothing.
 */
export function checkSlowdown(
  { parts, circumstances: different }: RunDiff,
  most: number,
): { readonly name: string; readonly result: SlowdownResult }[] {
  const isOtherWork = different.some((circumstance) => circumstance.isOtherWork);
  return parts.map(({ name, slowdown }) => {
    const interval = slowdown?.interval;
    if (interval === undefined || isOtherWork) return { name, result: 'inconclusive' };
    const [low, high] = interval;
    const result = high <= 1 + most ? 'met' : low > 1 + most ? 'failed' : 'inconclusive';
    return { name, result };
  });
}

/** Rounds that each side needs for an interval. */
export const FEWEST_ROUNDS: number = FEWEST_PAIRS;
