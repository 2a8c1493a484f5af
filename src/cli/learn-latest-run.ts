import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';

/** Does one thing at a time: what is under way is ended when it is to be done anew, so that only the newest has an outcome. */
export class LatestRun {
  #current: { readonly controller: AbortController; readonly sinceMs: Milliseconds } | undefined;

  /** How long the one that is under way has been. */
  get runningForMs(): Milliseconds | undefined {
    return this.#current && monotonicNow() - this.#current.sinceMs;
  }

  /** Resolves to `undefined` when a newer one began meanwhile, or all were ended. */
  async start<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.end();
    const current = { controller: new AbortController(), sinceMs: monotonicNow() };
    this.#current = current;
    try {
      const outcome = await run(current.controller.signal);
      return this.#current === current ? outcome : undefined;
    } catch (error) {
      if (this.#current !== current) return undefined;
      throw error;
    } finally {
      if (this.#current === current) this.#current = undefined;
    }
  }

  /** Ends what is under way; says whether something was. */
  end(): boolean {
    const current = this.#current;
    this.#current = undefined;
    current?.controller.abort();
    return current !== undefined;
  }
}
