import type { Milliseconds } from '../../core/units.js';
import type { LoopView } from './instrument.js';
import type { PassRecord, Totals } from './record.js';

type OpenPass = { -readonly [Key in keyof PassRecord]: PassRecord[Key] };
type PassTotals = Pick<Totals, 'passes' | 'events' | 'asleepMs' | 'cancelled'>;

/** The passes: the first of them, and sums over all. */
export class PassLog {
  dropped = 0;
  lastMs: Milliseconds = -Infinity;
  readonly #limit: number;
  readonly #kept: PassRecord[] = [];
  #number = 0;
  #open: OpenPass | undefined;
  #events = 0;
  #asleepMs: Milliseconds = 0;
  #cancelled = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The pass that goes on, or went last; 0 before the first. */
  get number(): number {
    return this.#number;
  }

  begin(nowMs: Milliseconds, timeoutMs: Milliseconds): void {
    this.#number += 1;
    this.#open = {
      number: this.#number,
      startedMs: nowMs,
      timeoutMs,
      asleepMs: 0,
      events: 0,
      frozenMs: nowMs,
      ready: 0,
      cancelled: 0,
      timers: 0,
      tasks: 0,
      watched: 0,
      endedMs: nowMs,
    };
  }

  awake(nowMs: Milliseconds, events: number): void {
    if (this.#open === undefined) return;
    this.#open.asleepMs = nowMs - this.#open.startedMs;
    this.#open.events = events;
    this.#open.endedMs = nowMs;
  }

  freeze(nowMs: Milliseconds, ready: number, loop: LoopView | undefined): void {
    if (this.#open === undefined) return;
    this.#open.frozenMs = nowMs;
    this.#open.endedMs = nowMs;
    this.#open.ready = ready;
    this.#open.timers = loop?.timers.size ?? 0;
    this.#open.tasks = loop?.tasks.size ?? 0;
    this.#open.watched = loop?.watches.size ?? 0;
  }

  skipped(count: number): void {
    if (this.#open !== undefined) this.#open.cancelled += count;
  }

  /** What was ready has run, or a part of it, with native code having its turn before the rest. */
  ran(nowMs: Milliseconds): void {
    this.lastMs = nowMs;
    if (this.#open !== undefined) this.#open.endedMs = nowMs;
  }

  /** The pass is over; `cancelled` handles were left of it. */
  end(nowMs: Milliseconds, cancelled = 0): void {
    this.lastMs = nowMs;
    const pass = this.#open;
    if (pass === undefined) return;
    this.#open = undefined;
    pass.cancelled += cancelled;
    this.#events += pass.events;
    this.#asleepMs += pass.asleepMs;
    this.#cancelled += pass.cancelled;
    if (this.#kept.length < this.#limit) this.#kept.push(pass);
    else this.dropped += 1;
  }

  /** The passes that are kept, with the one that goes on. */
  records(): PassRecord[] {
    const open = this.#open;
    if (open === undefined || this.#kept.length >= this.#limit) return [...this.#kept];
    return [...this.#kept, { ...open }];
  }

  totals(): PassTotals {
    const open = this.#open;
    return {
      passes: this.#number,
      events: this.#events + (open?.events ?? 0),
      asleepMs: this.#asleepMs + (open?.asleepMs ?? 0),
      cancelled: this.#cancelled + (open?.cancelled ?? 0),
    };
  }
}
