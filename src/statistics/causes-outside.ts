import {
  formatCount,
  formatDuration,
  formatShare,
  formatSignificant,
  formatSize,
} from '../core/format-units.js';
import type { TaskKindName } from '../core/run.js';
import { wantedShare } from './causes-cpu.js';
import type { Scene, StopCause } from './stop-cause.js';

// A queue of less is the work of the server itself.
const SHORT_QUEUE_MS = 1;
const LARGE_BODY = 16_384;
const FAST_BYTES_A_SECOND = 1e6;

/** The server refuses calls because there are too many. */
export function rateLimitCause({ levels, failing }: Scene): StopCause | undefined {
  const limited = [...levels, ...(failing === undefined ? [] : [failing])].find(
    ({ rateLimited }) => rateLimited > 0,
  );
  if (limited === undefined) return undefined;
  const { rateLimited, number, rounds, at } = limited;
  return {
    name: 'rate-limit',
    certain: true,
    evidence:
      `the server refused ${formatCount(rateLimited)} of ${formatCount(number * rounds)} calls because there were too many, ` +
      `from ${formatCount(at)} in flight on`,
  };
}

/** The server says that calls queue in it beyond the stop. */
export function slotsCause({ atStop, beyond }: Scene): StopCause | undefined {
  const queueMs = beyond?.serverQueueMs;
  const [before, after] = [atStop.latency?.p50, beyond?.latency?.p50];
  if (beyond === undefined || queueMs === undefined) return undefined;
  if (before === undefined || after === undefined) return undefined;
  // What the latency grows by is the time in the queue, or the calls wait somewhere else.
  if (queueMs < SHORT_QUEUE_MS || queueMs < (after - before) / 2) return undefined;
  // Little's law: as many are served at once as are done a second, times the time that each is served.
  const served = (beyond.throughput * (after - queueMs)) / 1000;
  return {
    name: 'server-slots',
    certain: true,
    evidence:
      `the server says that calls queued in it for ${formatDuration(queueMs)} with ${formatCount(beyond.at)} in flight and ` +
      `${formatDuration(atStop.serverQueueMs ?? 0)} with ${formatCount(atStop.at)}; ${formatSignificant(beyond.throughput)} calls/s of ` +
      `${formatDuration(after - queueMs)} each are ${formatSignificant(served)} served at once`,
  };
}

/** Large bodies come in as fast as before, however many are asked for. */
export function bandwidthCause(scene: Scene): StopCause | undefined {
  const { kind, atStop, beyond } = scene;
  const rate = atStop.throughput * atStop.bytesPerCall;
  if (kind !== 'http' || beyond === undefined || atStop.bytesPerCall < LARGE_BODY) return undefined;
  if (rate < FAST_BYTES_A_SECOND || !latencyGrows(scene)) return undefined;
  return {
    name: 'bandwidth',
    certain: false,
    evidence:
      `${formatSize(rate)} a second came in with ${formatCount(atStop.at)} in flight and no more with ` +
      `${formatCount(beyond.at)}, in bodies of ${formatSize(atStop.bytesPerCall)}, while the thread that makes the calls was idle ` +
      `${formatShare(idleShare(scene))} of the time: the network, or the server`,
  };
}

const SERVES: Partial<Readonly<Record<TaskKindName, string>>> = {
  http: 'the server serves',
  file: 'the disk, or the memory that holds what was read from it, serves',
};

/** Whoever is called does no more at once: what more calls in flight bring is latency. */
export function serverCause(scene: Scene): StopCause | undefined {
  const { kind, atStop, beyond, first } = scene;
  const [before, after] = [atStop.latency?.p50, beyond?.latency?.p50];
  if (beyond === undefined || before === undefined || after === undefined) return undefined;
  if (!latencyGrows(scene)) return undefined;
  const served = (atStop.throughput * (first.latency?.p50 ?? before)) / 1000;
  return {
    name: 'server',
    certain: false,
    evidence:
      `latency went from ${formatDuration(before)} with ${formatCount(atStop.at)} in flight to ${formatDuration(after)} with ` +
      `${formatCount(beyond.at)} while the thread that makes the calls was idle ${formatShare(idleShare(scene))} of the time, as if calls queued ` +
      `elsewhere: ${SERVES[kind] ?? 'what the task waits for serves'} about ${formatSignificant(served)} at once`,
  };
}

/** Nothing stopped it: calls wait beside each other. */
export function latencyCause({ stop, failing, first, atStop }: Scene): StopCause | undefined {
  const p50 = atStop.latency?.p50;
  if (stop.at !== undefined || failing !== undefined || p50 === undefined || atStop === first)
    return undefined;
  const ideal = atStop.at / first.at;
  const gain = atStop.throughput / first.throughput;
  if (gain < ideal / 2) return undefined;
  return {
    name: 'latency',
    certain: gain >= 0.8 * ideal,
    evidence:
      `a call waits ${formatDuration(p50)}, and ${formatCount(atStop.at)} of them wait beside each other: ` +
      `${formatSignificant(gain)} times the throughput of one at a time, ${formatShare(gain / ideal)} of the ideal`,
  };
}

// With a queue elsewhere, latency grows as the calls in flight do.
function latencyGrows(scene: Scene): boolean {
  const { atStop, beyond } = scene;
  const [before, after] = [atStop.latency?.p50, beyond?.latency?.p50];
  if (beyond === undefined || before === undefined || after === undefined) return false;
  const growth = after / before / (beyond.at / atStop.at);
  return growth > 0.7 && growth < 1.4 && idleShare(scene) > 0.2;
}

function idleShare({ beyond, atStop }: Scene): number {
  return Math.max(0, 1 - wantedShare(beyond ?? atStop));
}
