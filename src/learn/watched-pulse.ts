import type { Milliseconds } from '../core/units.js';
import type { OpenResource, Pulse } from './attempt-protocol.js';
import { callLater } from './call-later.js';

/** What beats are counted of. */
interface Beating {
  readonly isOver: boolean;
  openUnlessHeld(
    limitMs: Milliseconds,
    isLate: () => boolean,
  ): Promise<readonly OpenResource[] | undefined>;
}

/** The pulse of an attempt, by which time is counted for it. */
export class WatchedPulse {
  readonly #attempt: Beating;
  readonly #limitMs: Milliseconds;
  readonly #watchers = new Set<() => void>();
  #pulse: Pulse = { beats: 0, looks: 0, threadCpuMs: [] };

  constructor(attempt: Beating, limitMs: Milliseconds) {
    this.#attempt = attempt;
    this.#limitMs = limitMs;
  }

  /** What was told last. */
  get now(): Pulse {
    return this.#pulse;
  }

  take(pulse: Pulse): void {
    this.#pulse = pulse;
  }

  /** Something has happened that may be waited for. */
  look(): void {
    for (const look of this.#watchers) look();
  }

  /** See `Attempt.quiet`. */
  quiet(beats: number, since: () => unknown): Promise<void> {
    let last = since();
    let from = this.#pulse.beats;
    return this.#until(() => {
      const now = since();
      if (now !== last) [last, from] = [now, this.#pulse.beats];
      return this.#pulse.beats - from >= beats;
    });
  }

  /** See `Attempt.looks`. */
  looks(number: number): Promise<void> {
    const from = this.#pulse.looks;
    return this.#until(() => this.#pulse.looks - from >= number);
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      let isLimit = false;
      const look = (): void => {
        if (!isSo() && !isLimit && !this.#attempt.isOver) return;
        stop();
        this.#watchers.delete(look);
        resolve();
      };
      const giveUp = async (): Promise<void> => {
        await this.#attempt.openUnlessHeld(this.#limitMs, () => this.#watchers.has(look));
        isLimit = true;
        look();
      };
      const stop = callLater(this.#limitMs, () => void giveUp());
      this.#watchers.add(look);
      look();
    });
  }
}
