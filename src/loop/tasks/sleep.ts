import type { Milliseconds } from '../../core/units.js';
import { Future } from './future.js';
import { beginOperation } from './running.js';

/** A future that is fulfilled in so many milliseconds, never earlier. The thread is free meanwhile. */
export function sleep(durationMs: Milliseconds): Future<void> {
  const loop = beginOperation();
  const timer = loop.callLater(durationMs, () => future.resolve(undefined));
  const future = new Future<void>(loop, () => timer.cancel());
  return future;
}
