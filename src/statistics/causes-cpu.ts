import { formatCount, formatShare, formatSignificant } from '../core/format-units.js';
import type { LevelSummary } from './level-summary.js';
import type { Scene, StopCause } from './stop-cause.js';

// A thread that computes for four fifths of the time has no room for another quarter of calls.
const BUSY = 0.8;
const HARDLY = 0.5;
const ALWAYS = 0.9;

/** The share of the time in which the thread computed or wanted to; where the system does not tell, its event loop was busy. */
export function wantedShare({ threadShare, queuedShare, loopShare }: LevelSummary): number {
  return threadShare === undefined ? (loopShare ?? 0) : threadShare + (queuedShare ?? 0);
}

/** Nothing to wait for: already one call at a time keeps the thread computing. */
export function computingCause(scene: Scene): StopCause | undefined {
  const { mode, first, stop } = scene;
  if (mode === 'threads' || stop.at === undefined || wantedShare(first) < BUSY) return undefined;
  return {
    name: 'client-cpu',
    certain: true,
    evidence:
      `there is nothing to wait for: with one call at a time the thread already computes ` +
      `${formatShare(first.threadShare ?? first.loopShare ?? 1)} of the time${queuedPhrase(first)}, ` +
      `so a second one only queues for the thread`,
  };
}

/** The task holds its thread without computing, as a synchronous wait does: nothing else can run meanwhile. */
export function blockedCause(scene: Scene): StopCause | undefined {
  const { mode, first, stop } = scene;
  if (mode === 'threads' || stop.at === undefined || first.threadShare === undefined)
    return undefined;
  if ((first.loopShare ?? 0) < ALWAYS || wantedShare(first) > HARDLY) return undefined;
  return {
    name: 'blocked',
    certain: true,
    evidence:
      `the task holds its thread ${formatShare(first.loopShare ?? 1)} of the time and computes ` +
      `${formatShare(first.threadShare)} of it: it waits synchronously, so no other call can go on meanwhile`,
  };
}

/** Every core is busy with this process. */
export function coresCause(scene: Scene): StopCause | undefined {
  const { cpus, mode, limits, first } = scene;
  const busiest = busiestOf(scene, ({ cpuShare }) => cpuShare);
  const isFull = busiest.cpuShare >= BUSY * cpus && (cpus > 1 || mode === 'threads');
  // Where the cores are shared with other programs, less of them is had; that a call computes all the time tells the same.
  const computes =
    mode === 'threads' &&
    (limits.threads ?? 0) >= cpus &&
    first.latency !== undefined &&
    first.cpuMs / first.number >= BUSY * first.latency.p50;
  if (!isFull && !(computes && scene.stop.at !== undefined)) return undefined;
  return {
    name: 'cores',
    certain: isFull,
    evidence:
      `this process used ${formatSignificant(busiest.cpuShare)} of ${cpus} cores ` +
      `with ${formatCount(busiest.at)} in flight${isFull ? '' : ', and a call computes from its begin to its end'}`,
  };
}

/** The one thread that makes the calls has no time left. */
export function threadCause(scene: Scene): StopCause | undefined {
  if (scene.mode === 'threads') return undefined;
  const busiest = busiestOf(scene, wantedShare);
  const share = wantedShare(busiest);
  const limit = busiest === scene.atStop ? BUSY : ALWAYS;
  if (share < limit) return undefined;
  const loop =
    busiest.loopShare === undefined
      ? ''
      : `, its event loop was busy ${formatShare(busiest.loopShare)}`;
  return {
    name: 'client-cpu',
    certain: share >= ALWAYS,
    evidence:
      `the thread that makes the calls computed ${formatShare(busiest.threadShare ?? share)} of the time ` +
      `with ${formatCount(busiest.at)} in flight${queuedPhrase(busiest)}${loop}`,
  };
}

/** The level at the stop where it is busy enough, otherwise the busiest behind it. */
function busiestOf(
  { levels, atStop }: Scene,
  shareOf: (level: LevelSummary) => number,
): LevelSummary {
  return levels
    .filter((level) => level.at >= atStop.at)
    .reduce((most, level) => (shareOf(level) > shareOf(most) * 1.05 ? level : most), atStop);
}

function queuedPhrase({ queuedShare = 0 }: LevelSummary): string {
  return queuedShare < 0.1
    ? ''
    : ` and waited ${formatShare(queuedShare)} of it for a core, which other threads or programs had`;
}
