import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import type { LevelSummary } from './level-summary.js';
import type { Scene, StopCause } from './stop-cause.js';
import { idealGain } from './stop-rule.js';

const USES_POOL: ReadonlySet<string> = new Set(['file', 'module', 'http', 'command']);
// A look-up that waits no longer than this waits for its own work.
const SHORT_WAIT_MS = 1;

/** A pool of threads is full: that of the mode `threads`, or the one of libuv that reads files and looks up names. */
export function poolCause(scene: Scene): StopCause | undefined {
  return scene.mode === 'threads' ? ownPoolCause(scene) : libuvPoolCause(scene);
}

function ownPoolCause({ limits, stop }: Scene): StopCause | undefined {
  const { threads } = limits;
  // Behind its threads nothing can be gained; a stop that seems to lie further is one that could not be told apart.
  if (threads === undefined || stop.at === undefined || stop.range[1] < threads) return undefined;
  return {
    name: 'threadpool',
    certain: true,
    evidence: `the pool of the mode threads has ${counted(threads)}, and each does one call at a time`,
  };
}

function libuvPoolCause({
  kind,
  limits,
  stop,
  first,
  atStop,
  beyond,
}: Scene): StopCause | undefined {
  if (!USES_POOL.has(kind) || stop.at === undefined || beyond === undefined) return undefined;
  const latencyMs = atStop.latency?.p50;
  const waitMs = beyond.poolWaitMs;
  if (latencyMs === undefined || waitMs === undefined || waitMs < SHORT_WAIT_MS) return undefined;
  if (waitMs < latencyMs * 0.3 || waitMs < 3 * (first.poolWaitMs ?? 0)) return undefined;
  const near = isNear(limits.poolThreads, stop.range);
  return {
    name: 'threadpool',
    certain: near,
    evidence:
      `libuv's pool, which reads files and looks up names, has ${counted(limits.poolThreads)}: a look-up of a file waited ` +
      `${formatDuration(waitMs)} for one of them with ${formatCount(beyond.at)} in flight, ` +
      `${formatDuration(first.poolWaitMs ?? 0)} with ${formatCount(first.at)}`,
  };
}

/** No more calls in flight are possible, or were asked for. */
export function connectionsCause({
  levels,
  failing,
  limits,
  atStop,
  stop,
  over,
  most,
}: Scene): StopCause | undefined {
  const last = levels.at(-1) ?? atStop;
  const out = [...levels, ...(failing === undefined ? [] : [failing])].find(({ failures }) =>
    failures.some(({ code }) => code === 'OUT_OF_CONNECTIONS'),
  );
  if (out !== undefined) {
    return {
      name: 'connections',
      certain: true,
      evidence: `with ${formatCount(out.concurrency)} in flight this process could open no more connections`,
    };
  }
  const isLimit = last.concurrency >= limits.connections && most > limits.connections;
  if (stop.at === undefined && isLimit) {
    return {
      name: 'connections',
      certain: true,
      evidence: `this process can hold ${formatCount(limits.connections)} connections to one server, and the last doubling still gained`,
    };
  }
  if (over !== 'number' || last.number <= last.concurrency || !isFull(atStop, last.concurrency)) {
    return undefined;
  }
  return {
    name: 'connections',
    certain: true,
    evidence: `no more than ${formatCount(last.concurrency)} calls were allowed in flight (--concurrency), however many are made`,
  };
}

/** More calls would fill the last wave better: what was reached is what so few calls can reach. */
export function tooFewCallsCause({ over, levels, first, atStop }: Scene): StopCause | undefined {
  if (over !== 'number') return undefined;
  const last = levels.at(-1) ?? atStop;
  const ideal = idealGain(last.number, last.concurrency);
  const reached = last.throughput / first.throughput / ideal;
  if (last.number <= last.concurrency || ideal > 0.95 * last.concurrency || reached < 0.8)
    return undefined;
  const waves = Math.ceil(last.number / last.concurrency);
  return {
    name: 'too-few-calls',
    certain: true,
    evidence:
      `${formatCount(last.number)} calls with ${formatCount(last.concurrency)} in flight take ${waves} waves, ` +
      `of which the last is not full; ${formatShare(reached)} of what that allows was reached`,
  };
}

// As many calls as may be in flight fill one wave; a few more begin a second one that is nearly empty.
function isFull({ number, concurrency }: LevelSummary, most: number): boolean {
  return concurrency === most && (number === most || number >= 2 * most);
}

function isNear(limit: number, [low, high]: readonly [number, number]): boolean {
  const slack = Math.max(1, limit / 4);
  return low - slack <= limit && limit <= high + slack;
}

function counted(threads: number): string {
  return threads === 1 ? '1 thread' : `${formatCount(threads)} threads`;
}
