import type { Milliseconds } from '../core/units.js';
import type {
  AttemptQuestion,
  AttemptReport,
  Caller,
  WatchedFunction,
} from './attempt-protocol.js';

/** A call that the learner's module made of a watched function. */
export interface WatchedCall {
  /** Its place among all calls of this function, from 0. */
  readonly index: number;
  /** What it was called with; a function, say, is told as a text. */
  readonly args: readonly unknown[];
  readonly caller: Caller;
  /** Whether it is neither answered nor given up. */
  readonly isWaiting: boolean;
  /** Whether an `AbortSignal` that it was called with was fired before it was answered. */
  readonly isGivenUp: boolean;
  /** Fulfils the promise that the module got. */
  answer(value?: unknown): void;
  /** Rejects it with an `Error` of this message. */
  fail(message: string): void;
}

/** Stands for a watched function among the arguments of a call, and tells of its calls. */
export interface WatchFunction extends WatchedFunction {
  readonly calls: readonly WatchedCall[];
  /** The calls that wait for an answer, in the order in which they came. */
  readonly waiting: readonly WatchedCall[];
  /** The most that waited at once. */
  readonly mostAtOnce: number;
}

/** The watched functions of one attempt. */
export class WatchedCalls {
  readonly #ask: (question: AttemptQuestion) => void;
  readonly #functions: Watch[] = [];
  readonly #calls = new Map<number, Call>();

  constructor(ask: (question: AttemptQuestion) => void) {
    this.#ask = ask;
  }

  add(onCall: (call: WatchedCall) => void): WatchFunction {
    return this.#add(new Watch(this.#functions.length, false, 0, onCall));
  }

  addPlain(onCall: (call: WatchedCall) => void, heldMs: Milliseconds): WatchFunction {
    return this.#add(new Watch(this.#functions.length, true, heldMs, onCall));
  }

  take(report: Extract<AttemptReport, { kind: 'watched' | 'gave up' }>): void {
    if (report.kind === 'gave up') {
      this.#calls.get(report.call)?.giveUp();
      return;
    }
    const watch = this.#functions[report.watched];
    if (watch === undefined) return;
    const call = new Call(report, watch, this.#ask);
    this.#calls.set(report.call, call);
    watch.take(call);
  }

  #add(watch: Watch): WatchFunction {
    this.#functions.push(watch);
    return watch;
  }
}

class Watch implements WatchFunction {
  readonly lwasyncWatched: number;
  readonly isPlain: boolean;
  readonly heldMs: Milliseconds;
  // Private, because what is passed to the module is copied with all that is not.
  readonly #calls: Call[] = [];
  readonly #onCall: (call: WatchedCall) => void;
  mostAtOnce = 0;

  constructor(
    id: number,
    isPlain: boolean,
    heldMs: Milliseconds,
    onCall: (call: WatchedCall) => void,
  ) {
    this.lwasyncWatched = id;
    this.isPlain = isPlain;
    this.heldMs = heldMs;
    this.#onCall = onCall;
  }

  get calls(): readonly WatchedCall[] {
    return this.#calls;
  }

  get waiting(): readonly WatchedCall[] {
    return this.#calls.filter((call) => call.isWaiting);
  }

  take(call: Call): void {
    this.#calls.push(call);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.waiting.length);
    this.#onCall(call);
  }
}

class Call implements WatchedCall {
  readonly index: number;
  readonly args: readonly unknown[];
  readonly caller: Caller;
  readonly #call: number;
  readonly #ask: (question: AttemptQuestion) => void;
  #state: 'waiting' | 'answered' | 'given up';

  constructor(
    { call, args, caller }: Extract<AttemptReport, { kind: 'watched' }>,
    watch: Watch,
    ask: (question: AttemptQuestion) => void,
  ) {
    this.index = watch.calls.length;
    this.args = args;
    this.caller = caller;
    this.#call = call;
    this.#ask = ask;
    this.#state = watch.isPlain ? 'answered' : 'waiting';
  }

  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  get isGivenUp(): boolean {
    return this.#state === 'given up';
  }

  answer(value?: unknown): void {
    this.#end({ kind: 'answer', call: this.#call, value });
  }

  fail(message: string): void {
    this.#end({ kind: 'fail', call: this.#call, message });
  }

  giveUp(): void {
    if (this.#state === 'waiting') this.#state = 'given up';
  }

  #end(question: AttemptQuestion): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'answered';
    this.#ask(question);
  }
}
