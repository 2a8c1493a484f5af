import { monotonicNow } from '../core/clock.js';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';

/** Notes how many connections were set up, and the time during which at least one was being set up. */
export class ConnectingReport {
  #connections = 0;
  #pending = 0;
  #busySince: Milliseconds = 0;
  #busyMs: Milliseconds = 0;

  /** A connection begins to be set up. */
  began(): void {
    if (this.#pending === 0) this.#busySince = monotonicNow();
    this.#pending += 1;
  }

  /** One that began is there, or will not be. */
  ended(isConnected: boolean): void {
    if (isConnected) this.#connections += 1;
    this.#pending -= 1;
    if (this.#pending === 0) this.#busyMs += monotonicNow() - this.#busySince;
  }

  /** What was set up since this was last asked, what is under way included. */
  take(): Connecting {
    const nowMs = monotonicNow();
    const underWayMs = this.#pending > 0 ? nowMs - this.#busySince : 0;
    const report = { connections: this.#connections, durationMs: this.#busyMs + underWayMs };
    this.#connections = 0;
    this.#busyMs = 0;
    this.#busySince = nowMs;
    return report;
  }
}
