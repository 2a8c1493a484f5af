import type { Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';

/**
 * Where the time of a call went on average, over the calls of a round that ended well. All calls of a round are wanted when it
 * begins: a call queues until its turn comes, then has a connection set up, waits for its answer and receives it.
 */
export interface CallPhases {
  /** From the begin of the round to that of the call. */
  readonly queueMs: Milliseconds;
  /** The call itself. */
  readonly callMs: Milliseconds;
  /** The parts of the call, which add up to it; `undefined` where no call told of them. */
  readonly parts: CallParts | undefined;
}

/** The parts of a call. */
interface CallParts {
  /** Until it had a connection. */
  readonly connectMs: Milliseconds;
  /** From then on until its answer began to come. */
  readonly waitMs: Milliseconds;
  /** From then on until its answer was whole. */
  readonly receiveMs: Milliseconds;
}

/** The mean of each phase; `undefined` when no call ended well. The parts are known of all calls of a round or of none. */
export function meanPhases({ calls }: Round): CallPhases | undefined {
  let count = 0;
  let told = 0;
  const sums = { queue: 0, call: 0, connected: 0, firstByte: 0 };
  for (let index = 0; index < calls.number; index += 1) {
    if (calls.outcome(index) !== 'ok') continue;
    count += 1;
    sums.queue += calls.startMs[index] ?? 0;
    sums.call += calls.durationMs[index] ?? 0;
    const moments = calls.moments(index);
    if (moments === undefined) continue;
    told += 1;
    sums.connected += moments.connectedMs;
    sums.firstByte += moments.firstByteMs;
  }
  if (count === 0) return undefined;
  const parts = {
    connectMs: sums.connected / count,
    waitMs: (sums.firstByte - sums.connected) / count,
    receiveMs: (sums.call - sums.firstByte) / count,
  };
  return {
    queueMs: sums.queue / count,
    callMs: sums.call / count,
    parts: told === count ? parts : undefined,
  };
}
