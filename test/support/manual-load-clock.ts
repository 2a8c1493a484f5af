import type { LoadClock } from '../../src/modes/load-clock.js';

interface Alarm {
  readonly timeMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on, and then jumps from one alarm to the next. */
export class ManualLoadClock implements LoadClock {
  #nowMs = 0;
  readonly #lateMs: number;
  readonly #alarms = new Set<Alarm>();

  /** Alarms of the work ring so much too late. */
  constructor(lateMs = 0) {
    this.#lateMs = lateMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, callback: () => void): () => void {
    return this.#set(Math.max(timeMs, this.#nowMs) + this.#lateMs, callback);
  }

  /** Resolves at a time, never too late. */
  until(timeMs: number): Promise<void> {
    return new Promise((resolve) => void this.#set(timeMs, resolve));
  }

  #set(timeMs: number, callback: () => void): () => void {
    const alarm = { timeMs, callback };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
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
