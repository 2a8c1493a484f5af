import type { Milliseconds } from '../core/units.js';
import type { CallEnd } from './call-end.js';

/** Resolves after `duration`, or as soon as the call is over; nobody is blocked meanwhile. */
export function pause(duration: Milliseconds, call: CallEnd): Promise<void> {
  if (duration <= 0 || call.isOver) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, Math.ceil(duration));
    const forget = call.onOver(end);
  });
}
