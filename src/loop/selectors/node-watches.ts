import type { Milliseconds } from '../../core/units.js';
import { loadKoffi, type PollHandle } from '../system/koffi.js';
import { READ, WRITE } from './selector.js';

// Node's timers take at most 2^31 - 1 ms and fire at once beyond.
const LONGEST_MS: Milliseconds = 2 ** 31 - 1;

/** Lets Node's loop watch each descriptor by itself, there being none that stands for all. */
export class NodeWatches {
  readonly #poll = loadKoffi().node.poll;
  readonly #handles = new Map<number, PollHandle>();
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isAlive = true;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  watch(fd: number, interest: number): void {
    const options = { readable: (interest & READ) !== 0, writable: (interest & WRITE) !== 0 };
    const known = this.#handles.get(fd);
    if (interest === 0) {
      known?.stop();
      known?.close();
      this.#handles.delete(fd);
    } else if (known === undefined) {
      const handle = this.#poll(fd, options, this.#wake);
      this.#handles.set(fd, handle);
      if (!this.#isAlive) handle.unref();
    } else {
      known.start(options, this.#wake);
    }
  }

  sleep(timeoutMs: Milliseconds, isAlive: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Never early: Node cuts the fraction off.
    const wholeMs = Math.min(Math.ceil(timeoutMs), LONGEST_MS);
    if (timeoutMs !== Infinity) this.#timer = setTimeout(this.#wake, wholeMs);
    if (isAlive === this.#isAlive) return;
    this.#isAlive = isAlive;
    for (const handle of this.#handles.values()) {
      if (isAlive) handle.ref();
      else handle.unref();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const handle of this.#handles.values()) {
      handle.stop();
      handle.close();
    }
    this.#handles.clear();
  }
}
