import { setMaxListeners } from 'node:events';
import { deserialize, serialize } from 'node:v8';
import { messageOf } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import type {
  AttemptQuestion,
  AttemptReport,
  Caller,
  WatchedFunction,
  WatchedSignal,
} from './attempt-protocol.js';

// A learner's module may put another in its place.
const { wait } = Atomics;

interface PendingAnswer {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * In the learner's thread: makes functions and signals of what stands for them among the arguments of a call. A watched function
 * tells of each call, and returns a promise that is settled from outside.
 */
export class LearnerArguments {
  readonly #report: (what: AttemptReport) => void;
  readonly #callerNow: () => Caller;
  readonly #pending = new Map<number, PendingAnswer>();
  readonly #signals = new Map<number, AbortController>();
  readonly #functions = new Map<number, (...args: unknown[]) => unknown>();
  readonly #services = new Map<string, object>();
  #calls = 0;

  constructor(report: (what: AttemptReport) => void, callerNow: () => Caller) {
    this.#report = report;
    this.#callerNow = callerNow;
  }

  /**
   * The value with functions and signals in the places of what stands for them, in lists and objects, too. The same stands for
   * the same, call by call; so does an object of nothing but watched functions, which modules keep things by.
   */
  revive(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one: unknown) => this.revive(one));
    if (!isPlainObject(value)) return value;
    if (isWatchedFunction(value)) return this.#functionOf(value);
    if (isWatchedSignal(value)) return this.#controller(value.lwasyncSignal).signal;
    const revived = Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, this.revive(one)]),
    );
    return this.#sameService(value, revived);
  }

  /** Settles what a watched function returned, or fires a signal. */
  take(question: Extract<AttemptQuestion, { kind: 'answer' | 'fail' | 'abort' }>): void {
    if (question.kind === 'abort') {
      this.#controller(question.signal).abort(new Error(question.reason));
      return;
    }
    const pending = this.#pending.get(question.call);
    this.#pending.delete(question.call);
    if (question.kind === 'answer') pending?.resolve(question.value);
    else pending?.reject(new Error(question.message));
  }

  #sameService(value: object, revived: object): object {
    const members: [string, unknown][] = Object.entries(value);
    const ids = members.flatMap(([key, one]) =>
      isPlainObject(one) && isWatchedFunction(one) ? [`${key} ${one.lwasyncWatched}`] : [],
    );
    if (ids.length === 0 || ids.length < members.length) return revived;
    const service = this.#services.get(ids.join()) ?? revived;
    this.#services.set(ids.join(), service);
    return service;
  }

  #functionOf(watched: WatchedFunction): (...args: unknown[]) => unknown {
    const known = this.#functions.get(watched.lwasyncWatched) ?? this.#makeFunction(watched);
    this.#functions.set(watched.lwasyncWatched, known);
    return known;
  }

  #makeFunction({
    lwasyncWatched: watched,
    isPlain,
    heldMs,
  }: WatchedFunction): (...args: unknown[]) => unknown {
    return (...args) => {
      const call = this.#calls;
      this.#calls += 1;
      const caller = this.#callerNow();
      this.#report({ kind: 'watched', watched, call, args: args.map(toSendable), caller });
      if (heldMs > 0) holdThread(heldMs);
      return isPlain ? undefined : this.#answerOf(call, args);
    };
  }

  #answerOf(call: number, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { resolve, reject });
      for (const signal of signalsIn(args)) {
        // Like fetch: many calls may wait for one signal, and that is no leak.
        setMaxListeners(0, signal);
        const giveUp = (): void => {
          if (!this.#pending.delete(call)) return;
          this.#report({ kind: 'gave up', call });
          reject(asError(signal.reason));
        };
        if (signal.aborted) giveUp();
        else signal.addEventListener('abort', giveUp, { once: true });
      }
    });
  }

  #controller(id: number): AbortController {
    const known = this.#signals.get(id) ?? new AbortController();
    this.#signals.set(id, known);
    return known;
  }
}

/** The value where it can be sent to another process, else what it is, as a text. */
export function toSendable(value: unknown): unknown {
  try {
    // What is shared in one process is copied by some ways to copy, and cannot be read in another.
    return deserialize(serialize(value));
  } catch {
    return typeof value === 'function' ? '(a function)' : '(something that cannot be shown)';
  }
}

function holdThread(durationMs: Milliseconds): void {
  wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

function signalsIn(args: readonly unknown[]): AbortSignal[] {
  const inOptions = args.map((arg): unknown => Reflect.get(Object(arg), 'signal'));
  return [...args, ...inOptions].filter((arg) => arg instanceof AbortSignal);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(messageOf(reason));
}

function isPlainObject(value: unknown): value is object {
  return (
    value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
  );
}

function isWatchedFunction(value: object): value is WatchedFunction {
  return 'lwasyncWatched' in value;
}

function isWatchedSignal(value: object): value is WatchedSignal {
  return 'lwasyncSignal' in value;
}
