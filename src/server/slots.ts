import pLimit, { type LimitFunction } from 'p-limit';
import type { CallEnd } from './call-end.js';

/** A number of slots, given in order of arrival: whoever has one is served, the others queue. */
export class Slots {
  readonly #limit: LimitFunction | undefined;

  /** `count` may be `Infinity`: then nobody queues, and nothing is kept of who is served. */
  constructor(count: number) {
    this.#limit = Number.isFinite(count) ? pLimit(count) : undefined;
  }

  /**
   * Resolves once `call` has a slot, which it holds until it is over; one that is over when its turn comes passes the
   * slot on at once.
   */
  take(call: CallEnd): Promise<void> {
    const limit = this.#limit;
    if (limit === undefined) return Promise.resolve();
    return new Promise((taken) => {
      const hold = (): Promise<void> => {
        taken();
        return new Promise((release) => void call.onOver(release));
      };
      void limit(hold);
    });
  }
}
