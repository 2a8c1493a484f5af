import type { LoadClock } from '../../src/modes/load-clock.js';

interface Alarm {
  readonly timeMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on, and then jumps from one alarm to the next. */
export class ManualLoadClock implements LoadClock {
  #nowMs = 0;
  readonly #alarms = new Set<Alarm>();

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, callback: () => void): () => void {
    const alarm = { timeMs: Math.max(timeMs, this.#nowMs), callback };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** Resolves at a time. */
  until(timeMs: number): Promise<void> {
    return new Promise((resolve) => void this.at(timeMs, resolve));
  }

  /** Goes on until `work` is done; alarms of the same time ring in the order in which they were set. */
  async runUntil(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    void work.finally(() => {
      isDone = true;
    });
    for (;;) {
      // Whatever can happen at this time happens first.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (isDone) return;
      const [first, ...others] = this.#alarms;
      if (first === undefined) throw new Error('nothing is left that could happen');
      const next = others.reduce(
        (soonest, alarm) => (alarm.timeMs < soonest.timeMs ? alarm : soonest),
        first,
      );
      this.#alarms.delete(next);
      this.#nowMs = next.timeMs;
      next.callback();
    }
  }
}
