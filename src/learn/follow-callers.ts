import { createHook } from 'node:async_hooks';
import type { Caller } from './attempt-protocol.js';

/** What something was begun by: a timer, a file read, a promise. */
interface Begun {
  readonly kind: string;
  /** The kind of what ran then. */
  readonly from: string;
  /** The turn of the event loop in which it was begun. */
  readonly turn: number;
}

// What runs between two callbacks of the event loop, as part of the turn of the first.
const WITHIN_A_TURN: ReadonlySet<string> = new Set(['PROMISE', 'Microtask', 'TickObject']);
const UNKNOWN: Begun = { kind: '', from: '', turn: 0 };

/**
 * Follows which callback of this thread runs, from now on, and returns what tells of the one that runs now. A callback inside another
 * counts as part of it, so a module cannot call itself by the name of something else.
 */
export function followCallers(): () => Caller {
  const { nodeTiming } = performance;
  const begun = new Map<number, Begun>();
  let [running, turnOf] = [UNKNOWN, UNKNOWN];
  let [runs, turns, depth] = [0, 0, 0];
  createHook({
    init: (id, kind) => void begun.set(id, { kind, from: running.kind, turn: turns }),
    before(id) {
      if (depth === 0) {
        runs += 1;
        running = begun.get(id) ?? UNKNOWN;
        if (!WITHIN_A_TURN.has(running.kind)) [turnOf, turns] = [running, turns + 1];
      }
      depth += 1;
    },
    // Of what runs already when the hook is set only the end is told.
    after: () => void (depth = Math.max(depth - 1, 0)),
    destroy: (id) => void begun.delete(id),
  }).enable();
  return () => ({
    run: runs,
    from: running.kind,
    begunFrom: running.from,
    turn: turnOf.kind,
    turnIndex: turns,
    turnBegunIn: turnOf.turn,
    pass: nodeTiming.uvMetricsInfo.loopCount,
  });
}
