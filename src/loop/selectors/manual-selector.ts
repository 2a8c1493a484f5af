import type { Milliseconds } from '../../core/units.js';
import { READ, refuseClosed, WRITE, type Attachment, type Selector } from './selector.js';

/**
 * A selector and a clock for tests: nothing is really watched, and time stands still until `select` would wait, when it
 * jumps to the end of the wait. A loop on it does in no time, and always in the same order, what would take hours.
 */
export class ManualSelector implements Selector {
  readonly name = 'manual';
  /** The timeouts that were asked for, in milliseconds. */
  readonly timeouts: Milliseconds[] = [];
  readonly #interests = new Map<number, number>();
  readonly #readiness = new Map<number, number>();
  #nowMs: Milliseconds = 0;
  #ready: [fd: number, readiness: number][] = [];
  #isClosed = false;

  /** The clock of this selector, for the loop. */
  readonly now = (): Milliseconds => this.#nowMs;

  /** Lets time go by while callbacks run, in milliseconds. */
  advance(durationMs: Milliseconds): void {
    this.#nowMs += durationMs;
  }

  /** Says what a descriptor, which may be any number, is ready for from now on. */
  setReadiness(fd: number, readiness: number): void {
    this.#readiness.set(fd, readiness);
  }

  /** What a descriptor is watched for. */
  interest(fd: number): number {
    return this.#interests.get(fd) ?? 0;
  }

  watch(fd: number, interest: number): void {
    if (interest !== 0 && this.#isClosed) refuseClosed();
    if (interest === 0) this.#interests.delete(fd);
    else this.#interests.set(fd, interest);
  }

  select(timeoutMs: Milliseconds): number {
    if (this.#isClosed) refuseClosed();
    this.timeouts.push(timeoutMs);
    this.#ready = [...this.#interests]
      .map(([fd, interest]): [number, number] => [fd, interest & (this.#readiness.get(fd) ?? 0)])
      .filter(([, readiness]) => readiness !== 0);
    if (this.#ready.length === 0) {
      if (timeoutMs === Infinity) throw new Error('a manual clock cannot wait for ever');
      this.#nowMs += timeoutMs;
    }
    return this.#ready.length;
  }

  fd(index: number): number {
    return this.#ready[index]?.[0] ?? -1;
  }

  readiness(index: number): number {
    return (this.#ready[index]?.[1] ?? 0) & (READ | WRITE);
  }

  attach(wake: () => void): Attachment {
    if (this.#isClosed) refuseClosed();
    let immediate: NodeJS.Immediate | undefined;
    return {
      sleep: (timeoutMs) => {
        if (timeoutMs === Infinity) return;
        immediate = setImmediate(() => {
          this.#nowMs += timeoutMs;
          wake();
        });
      },
      detach: () => clearImmediate(immediate),
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#interests.clear();
  }
}
