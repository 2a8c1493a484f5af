import pLimit, { type LimitFunction } from 'p-limit';
import type { CallEnd } from './call-end.js';

/** A number of slots, given in order of arrival: whoever has one is served, the others queue. */
export class Slots {
  readonly #limit: LimitFunction;

  /** `count` may be `Infinity`. */
  constructor(count: number) {
    this.#limit = pLimit(count);
  }

  /**
   * Resolves once `call` has a slot, which it holds until it is over; one that is over when its turn comes passes the
   * slot on at once.
   */
  take(call: CallEnd): Promise<void> {
    return new Promise((taken) => {
      const hold = (): Promise<void> => {
        taken();
        return new Promise((release) => void call.onOver(release));
      };
      void this.#limit(hold);
    });
  }
}
