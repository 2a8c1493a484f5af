import { formatCount, formatDuration, formatSignificant } from '../core/format-units.js';
import type { ModeName, TaskKindName } from '../core/run.js';
import type { SweepLimits, SweepOver } from '../core/sweep.js';
import { connectionsCause, poolCause, tooFewCallsCause } from './causes-limits.js';
import { blockedCause, computingCause, coresCause, threadCause } from './causes-cpu.js';
import {
  bandwidthCause,
  latencyCause,
  rateLimitCause,
  serverCause,
  slotsCause,
} from './causes-outside.js';
import { failedPhrase, type LevelSummary } from './level-summary.js';
import type { Stop } from './stop-rule.js';

/** What can stop the gain, as machines call it. */
export const CAUSE_NAMES = [
  'rate-limit',
  'client-cpu',
  'cores',
  'blocked',
  'threadpool',
  'connections',
  'too-few-calls',
  'server-slots',
  'bandwidth',
  'server',
  'latency',
  'unknown',
] as const;

/** One of the causes; `latency` where nothing stopped it, since every call has a latency and more of them fit beside each other. */
export type CauseName = (typeof CAUSE_NAMES)[number];

/** What stopped the gain, and what shows it. */
export interface StopCause {
  readonly name: CauseName;
  /** What was seen, as a sentence. */
  readonly evidence: string;
  /** Whether the evidence leaves no other cause; otherwise it is the likeliest. */
  readonly certain: boolean;
}

/** What is known of a sweep when the cause is looked for. */
export interface SweepFacts {
  readonly kind: TaskKindName;
  readonly mode: ModeName;
  readonly over: SweepOver;
  readonly limits: SweepLimits;
  readonly cpus: number;
  /** The most that was to be tried. */
  readonly most: number;
  /** Those in which a call ended well. */
  readonly levels: readonly LevelSummary[];
  /** The first level in which so many calls failed that it tells nothing of the gain. */
  readonly failing: LevelSummary | undefined;
  readonly stop: Stop;
}

/** The levels that matter for the cause. */
export interface Scene extends SweepFacts {
  readonly first: LevelSummary;
  /** The level at the stop; the last one where there is no stop. */
  readonly atStop: LevelSummary;
  /** About twice as far as the stop; `undefined` where nothing was measured behind it. */
  readonly beyond: LevelSummary | undefined;
}

// In order of certainty: what the other side says comes before what is measured here, and that before what is concluded.
const RULES: readonly ((scene: Scene) => StopCause | undefined)[] = [
  rateLimitCause,
  computingCause,
  blockedCause,
  coresCause,
  poolCause,
  threadCause,
  connectionsCause,
  tooFewCallsCause,
  slotsCause,
  bandwidthCause,
  serverCause,
  latencyCause,
];

/** Finds what stopped the gain; `undefined` when nothing was measured. */
export function findCause(facts: SweepFacts): StopCause | undefined {
  const scene = sceneOf(facts);
  if (scene === undefined) return undefined;
  for (const rule of RULES) {
    const cause = rule(scene);
    if (cause !== undefined) return cause;
  }
  return unknownCause(scene);
}

function sceneOf(facts: SweepFacts): Scene | undefined {
  const { levels, stop } = facts;
  const first = levels[0];
  const last = levels.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { at } = stop;
  if (at === undefined) return { ...facts, first, atStop: last, beyond: undefined };
  const atStop = levels.find((level) => level.at === at) ?? last;
  const behind = levels.filter((level) => level.at > at);
  return {
    ...facts,
    first,
    atStop,
    beyond: behind.find((level) => level.at >= 2 * at) ?? behind.at(-1),
  };
}

function unknownCause({ levels, failing, stop, atStop, beyond }: Scene): StopCause {
  if (failing !== undefined && stop.at === undefined) {
    const [failure] = failing.failures;
    return {
      name: 'unknown',
      certain: false,
      evidence:
        `with ${formatCount(failing.concurrency)} in flight ${failedPhrase(failing)}` +
        (failure === undefined ? '' : `, ${failure.code}: ${failure.example}`),
    };
  }
  if (levels.length < 2) {
    return { name: 'unknown', certain: false, evidence: 'one level tells nothing of a stop' };
  }
  const seen = [
    `${formatSignificant(atStop.throughput)} calls/s with ${formatCount(atStop.at)} in flight`,
    ...(atStop.latency === undefined ? [] : [`latency ${formatDuration(atStop.latency.p50)}`]),
    ...(beyond?.latency === undefined
      ? []
      : [`${formatDuration(beyond.latency.p50)} with ${formatCount(beyond.at)}`]),
    `${formatSignificant(atStop.cpuShare)} cores busy here`,
  ];
  return {
    name: 'unknown',
    certain: false,
    evidence: `none of the known causes fits what was seen: ${seen.join(', ')}`,
  };
}
