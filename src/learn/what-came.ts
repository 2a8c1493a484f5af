import { setImmediate as nextPass } from 'node:timers/promises';
import type { Attempt } from './attempt.js';

/**
 * What came first while a check waited for something: the thing itself; or the learner's thread was `held`; or it was free for
 * long, and `nothing` came; or the attempt is `over`.
 */
export type WhatCame = 'it' | 'held' | 'nothing' | 'over';

// The thread beats as often as the watcher looks, so one without a beat in so many looks does not come to run at all; loading a
// module is over sooner, on a busy machine, too.
const HELD_LOOKS = 80;
const LOOKS_AT_ONCE = 20;
const NOTHING_BEATS = 200;

/**
 * Waits for something that the learner's code is to bring about, and tells what came instead when it does not: nothing is taken to
 * come after `beats` beats of a free thread, a second on a machine with nothing else to do. `it` must not reject.
 */
export async function whatCame(
  attempt: Attempt,
  it: Promise<unknown>,
  beats: number = NOTHING_BEATS,
): Promise<WhatCame> {
  let isThere = false;
  const there = it.then(() => (isThere = true));
  let [freeBeats, heldLooks] = [0, 0];
  while (freeBeats < beats) {
    const before = attempt.pulse;
    await Promise.race([there, attempt.looks(LOOKS_AT_ONCE)]);
    // What has arrived in this process by now counts as come, whatever was read first.
    await nextPass();
    await nextPass();
    if (isThere) return 'it';
    const more = attempt.pulse.beats - before.beats;
    const looks = attempt.pulse.looks - before.looks;
    if (looks < LOOKS_AT_ONCE) return 'over';
    freeBeats += more;
    heldLooks = more === 0 ? heldLooks + looks : 0;
    if (heldLooks >= HELD_LOOKS) return 'held';
  }
  return 'nothing';
}
