import type { CallTally } from '../core/call-columns.js';
import { monotonicNow } from '../core/clock.js';
import { formatDuration } from '../core/format-units.js';
import { TaskError } from '../core/task-error.js';
import type { Milliseconds } from '../core/units.js';
import type { TaskSpec } from '../tasks/task-spec.js';

const LOOK_EVERY_MS: Milliseconds = 200;
// A thread that is not blocked gives a call up by itself when its time is over.
const MARGIN_MS: Milliseconds = 1000;

/** The calls that are watched. */
export interface WatchedCalls {
  tally(): CallTally;
  /** The first that is in flight; `undefined` where that is not known. */
  firstInFlight(): number | undefined;
}

/**
 * Watches a round of a user's function from another thread, since a function that blocks its thread for ever can be
 * given up by nobody in it. Calls `stalled` when no call ended for longer than one may take; returns the undo.
 */
export function watchForStall(
  spec: TaskSpec,
  calls: WatchedCalls,
  stalled: (error: TaskError) => void,
): () => void {
  if (spec.kind !== 'module') return () => {};
  let ended = 0;
  let sinceMs = monotonicNow();
  const timer = setInterval(() => {
    const { begun, ok, failed } = calls.tally();
    if (ok + failed > ended || begun === ok + failed) {
      ended = ok + failed;
      sinceMs = monotonicNow();
    } else if (monotonicNow() - sinceMs > spec.timeoutMs + MARGIN_MS) {
      clearInterval(timer);
      const first = calls.firstInFlight();
      const which = first === undefined ? 'a call' : `call ${first}`;
      const limit = formatDuration(spec.timeoutMs);
      const text = `${spec.file}: ${which} kept its thread for more than ${limit} and was given up; --timeout allows more`;
      stalled(new TaskError('TIMEOUT', text));
    }
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
