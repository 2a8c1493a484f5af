import { ManualSelector, type Attachment, type Selector } from '../../src/loop/index.js';
import { newSelector, type SelectorName } from './loop-leaks.js';

/** A selector that counts how often it is asked. */
export class CountingSelector implements Selector {
  readonly name: string;
  /** How often it was asked. */
  selects = 0;
  /** The clock, where time stands still. */
  readonly now?: () => number;
  readonly #inner: Selector;

  constructor(inner: SelectorName) {
    this.#inner = newSelector(inner);
    this.name = this.#inner.name;
    if (this.#inner instanceof ManualSelector) this.now = this.#inner.now;
  }

  watch(fd: number, interest: number): void {
    this.#inner.watch(fd, interest);
  }

  select(timeoutMs: number): number {
    this.selects += 1;
    return this.#inner.select(timeoutMs);
  }

  fd(index: number): number {
    return this.#inner.fd(index);
  }

  readiness(index: number): number {
    return this.#inner.readiness(index);
  }

  attach(wake: () => void): Attachment {
    return this.#inner.attach(wake);
  }

  close(): void {
    this.#inner.close();
  }
}
