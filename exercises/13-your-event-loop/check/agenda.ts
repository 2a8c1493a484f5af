import type { Happening } from './happening.js';

/** Something to run, as `callSoon` or `callLater` was told of it. */
export interface Callback {
  /** Of a timer. */
  readonly deadlineMs: number | undefined;
  /** How many passes had begun when it was added. */
  readonly addedIn: number;
  /** `gone` is a cancelled timer that a loop may have had to throw away. */
  state: 'waits' | 'ran' | 'cancelled' | 'gone';
  /** The pass in which it was cancelled, 0 when that was between two. */
  cancelledIn: number;
}

interface Call {
  state: 'in flight' | 'ended' | 'settled';
  /** The pass that heard of its end. */
  readonly endedIn: number;
}

/** How long a loop may sleep. */
interface Wait {
  readonly rightMs: number;
  /** Why not longer, as a part of a sentence. */
  readonly because: string;
  readonly isForTimer: boolean;
}

/** What a loop has to do at each moment, by the log and whatever the loop makes of it. */
export class Agenda {
  readonly #callbacks = new Map<string, Callback>();
  readonly #calls = new Map<string, Call>();

  /** Notes what is new to do, in that pass. */
  note(what: Happening, pass: number, isInPass: boolean): void {
    if (what.is === 'added') this.#add(what.name, undefined, pass);
    else if (what.is === 'timer') this.#add(what.name, what.deadlineMs, pass);
    else if (what.is === 'called') this.#calls.set(what.name, { state: 'in flight', endedIn: 0 });
    else if (what.is === 'cancelled') this.#cancel(what.name, isInPass ? pass : 0);
  }

  callback(name: string): Callback | undefined {
    return this.#callbacks.get(name);
  }

  /** Notes that the promise of a call was settled; whether its end had been told. */
  settle(name: string): boolean {
    const wasEnded = this.#calls.get(name)?.state === 'ended';
    this.#calls.set(name, { state: 'settled', endedIn: 0 });
    return wasEnded;
  }

  /** Notes which calls `select` returned, in that pass. */
  end(names: readonly string[], pass: number): void {
    for (const name of names) this.#calls.set(name, { state: 'ended', endedIn: pass });
  }

  /** The callbacks that wait, in the order in which they were added. */
  waiting(): Callback[] {
    return [...this.#callbacks.values()].filter(({ state }) => state === 'waits');
  }

  /** Those that wait and were added before that one. */
  waitingBefore(callback: Callback): Callback[] {
    const all = [...this.#callbacks.values()];
    return all.slice(0, all.indexOf(callback)).filter(({ state }) => state === 'waits');
  }

  /** Whether a call is in flight, or has ended and its promise is not settled. */
  hasCalls(): boolean {
    return [...this.#calls.values()].some(({ state }) => state !== 'settled');
  }

  /** Whether the promise of a call is not settled that ended before that pass. */
  hasEndedBefore(pass: number): boolean {
    const calls = [...this.#calls.values()];
    return calls.some(({ state, endedIn }) => state === 'ended' && endedIn < pass);
  }

  /** How long there is nothing to do, and why not longer. */
  wait(atMs: number): Wait {
    const waiting = this.waiting();
    if (waiting.some(({ deadlineMs }) => deadlineMs === undefined)) {
      return { rightMs: 0, because: 'a callback was ready to run', isForTimer: false };
    }
    if (this.hasEndedBefore(Infinity)) {
      return {
        rightMs: 0,
        because: 'a call had ended and nobody had been told',
        isForTimer: false,
      };
    }
    const leftMs = Math.min(...waiting.map(({ deadlineMs = Infinity }) => deadlineMs)) - atMs;
    if (leftMs === Infinity) {
      return {
        rightMs: Infinity,
        because: 'there was nothing to do but to wait for a call',
        isForTimer: false,
      };
    }
    if (leftMs <= 0) return { rightMs: 0, because: 'a timer was due', isForTimer: true };
    const left = Math.round(leftMs * 100) / 100;
    return {
      rightMs: leftMs,
      because: `the first timer was due in ${left} ms, and nothing else was to do`,
      isForTimer: true,
    };
  }

  /** Whether there is a cancelled timer whose deadline is about then. */
  hasCancelled(deadlineMs: number, withinMs: number): boolean {
    return this.#cancelled().some(
      (timer) => Math.abs((timer.deadlineMs ?? Infinity) - deadlineMs) <= withinMs,
    );
  }

  /** Whether cancelled timers have become due since this was last asked. */
  throwsAway(atMs: number): boolean {
    const old = this.#cancelled().filter(({ deadlineMs = Infinity }) => deadlineMs <= atMs);
    for (const timer of old) timer.state = 'gone';
    return old.length > 0;
  }

  #add(name: string, deadlineMs: number | undefined, addedIn: number): void {
    this.#callbacks.set(name, { deadlineMs, addedIn, state: 'waits', cancelledIn: 0 });
  }

  #cancel(name: string, pass: number): void {
    const callback = this.#callbacks.get(name);
    if (callback?.state !== 'waits') return;
    callback.state = 'cancelled';
    callback.cancelledIn = pass;
  }

  #cancelled(): Callback[] {
    return [...this.#callbacks.values()].filter(({ state }) => state === 'cancelled');
  }
}
