import type { Milliseconds } from '../core/units.js';
import { endOfLoad, type LoadWork } from './load-work.js';

/** Calls for so long, as many in flight as may be: the next begins when one has ended. */
export interface ClosedLoop {
  readonly concurrency: number;
  readonly durationMs: Milliseconds;
}

/**
 * Begins calls until the time is over and waits for those in flight, but no longer than the grace.
 *
 * How many are made depends on how fast they are answered: while the other side stalls hardly any begin, so few of them
 * meet the stall.
 */
export async function runClosedLoop(
  { concurrency, durationMs }: ClosedLoop,
  work: LoadWork,
): Promise<void> {
  const { clock, once, goesOn, pauseMs } = work;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (goesOn() && clock.now() < durationMs) {
      const index = next;
      next += 1;
      await once(index);
      const pause = pauseMs();
      if (pause > 0) await new Promise<void>((over) => void clock.at(clock.now() + pause, over));
    }
  };
  const lanes = Promise.all(Array.from({ length: concurrency }, lane));
  await endOfLoad(lanes, work, durationMs);
}

/** The same with the calling thread blocked: one call after another until the time is over. */
export function runBlockingLoop(
  durationMs: Milliseconds,
  now: () => Milliseconds,
  {
    once,
    goesOn,
    pauseMs,
  }: Pick<LoadWork, 'goesOn' | 'pauseMs'> & { readonly once: (index: number) => void },
): void {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (let index = 0; goesOn() && now() < durationMs; index += 1) {
    once(index);
    const pause = pauseMs();
    if (pause > 0) Atomics.wait(nobody, 0, 0, pause);
  }
}
