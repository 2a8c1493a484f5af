import type { Milliseconds, Seconds } from './units.js';

/** The monotonic clock of this thread, in milliseconds since the thread began. Only differences mean something. */
export function monotonicNow(): Milliseconds {
  return performance.now();
}

/** The wall clock, in seconds since 1970-01-01 UTC with microseconds, for printing a date and never for measuring. */
export function unixSeconds(): Seconds {
  return (performance.timeOrigin + performance.now()) / 1000;
}
