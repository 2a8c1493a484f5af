import { Future } from './future.js';
import { beginOperation } from './running.js';
import { WaitingLine } from './waiting-line.js';

/** Something that happens once: tasks wait until it is set. */
export class Event {
  readonly #line = new WaitingLine<void>();
  #isSet = false;

  get isSet(): boolean {
    return this.#isSet;
  }

  /** Wakes everybody who waits; who comes later does not wait. */
  set(): void {
    this.#isSet = true;
    this.#line.serveAll(undefined);
  }

  /** Lets tasks wait again until it is set anew. */
  clear(): void {
    this.#isSet = false;
  }

  wait(): Future<void> {
    const loop = beginOperation();
    return this.#isSet ? Future.of(loop, undefined) : this.#line.join(loop);
  }
}
