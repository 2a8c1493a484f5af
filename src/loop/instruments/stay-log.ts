import type { Milliseconds } from '../../core/units.js';
import type { HostKind } from '../tasks/running.js';

/** How long loops ran, and how much of it Node's own loop had the thread. */
export class StayLog {
  #wallMs: Milliseconds | undefined;
  #outsideMs: Milliseconds = 0;
  #enteredMs: Milliseconds | undefined;
  #outsideSinceMs: Milliseconds | undefined;
  #host: HostKind = 'blocking';

  entered(host: HostKind, nowMs: Milliseconds): void {
    this.#host = host;
    this.#enteredMs = nowMs;
    this.passPauses(nowMs);
  }

  /** A pass begins, or goes on. */
  passBegins(nowMs: Milliseconds): void {
    if (this.#outsideSinceMs !== undefined) this.#outsideMs += nowMs - this.#outsideSinceMs;
    this.#outsideSinceMs = undefined;
  }

  /** What was ready has run, or a part of it; the host has the thread. */
  passPauses(nowMs: Milliseconds): void {
    if (this.#host === 'node') this.#outsideSinceMs = nowMs;
  }

  left(nowMs: Milliseconds): void {
    this.passBegins(nowMs);
    this.#wallMs = this.totals(nowMs).wallMs;
    this.#enteredMs = undefined;
  }

  /** `wallMs` is `undefined` while no loop was ever entered. */
  totals(nowMs: Milliseconds): {
    readonly wallMs: Milliseconds | undefined;
    readonly outsideMs: Milliseconds;
  } {
    const stayMs = this.#enteredMs === undefined ? 0 : nowMs - this.#enteredMs;
    const outMs = this.#outsideSinceMs === undefined ? 0 : nowMs - this.#outsideSinceMs;
    const wallMs = this.#enteredMs === undefined ? this.#wallMs : (this.#wallMs ?? 0) + stayMs;
    return { wallMs, outsideMs: this.#outsideMs + outMs };
  }
}
