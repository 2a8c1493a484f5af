import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';
import { resolveName } from '../loop/streams/resolve-name.js';
import type { Coroutine } from '../loop/tasks/coroutine.js';
import { startTask, type Task } from '../loop/tasks/task.js';
import { ADDRESSES_KEPT_MS } from './connecting-limits.js';

interface Known {
  readonly sinceMs: Milliseconds;
  readonly found: Task<string[]>;
}

/** The addresses of host names, each name looked up once for all who ask at the same time, and remembered for a minute. */
export class KnownAddresses {
  readonly #known = new Map<string, Known>();

  /** The numeric addresses of a name, in the order in which they should be tried. Fails with a `NameError`. */
  *of(name: string): Coroutine<string[]> {
    let known = this.#known.get(name);
    if (known === undefined || monotonicNow() - known.sinceMs > ADDRESSES_KEPT_MS) {
      known = {
        sinceMs: monotonicNow(),
        found: startTask(() => resolveName(name), { name: `look up ${name}` }),
      };
      this.#known.set(name, known);
    }
    try {
      return yield* known.found;
    } catch (error) {
      if (known.found.isFailed) this.#known.delete(name);
      throw error;
    }
  }
}
