import type { Milliseconds } from '../core/units.js';

const NOBODY_WAKES_IT = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the calling thread for `duration` without computing anything, like a call that waits for a slow device. */
export function blockingSleep(duration: Milliseconds): void {
  Atomics.wait(NOBODY_WAKES_IT, 0, 0, duration);
}
