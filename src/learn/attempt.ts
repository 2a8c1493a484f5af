import { setImmediate as nextPass } from 'node:timers/promises';
import type { Milliseconds } from '../core/units.js';
import { AttemptChannel, handled } from './attempt-channel.js';
import { AttemptFault } from './attempt-fault.js';
import type {
  AttemptReport,
  OpenResource,
  Pulse,
  Seen,
  WatchedSignal,
  WorkerEvent,
} from './attempt-protocol.js';
import { WatchedCalls, type WatchedCall, type WatchFunction } from './watched-function.js';
import { WatchedPulse } from './watched-pulse.js';

/** What a call returned, and what was seen of it. */
export interface ObservedCall extends Seen {
  readonly value: unknown;
}

/** What came of a call that may throw. */
export type ObservedOutcome =
  (ObservedCall & { readonly threw: undefined }) | (Seen & { readonly threw: Thrown });

/** What a call threw. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  /** The message for the learner, with the line where it is known: `no (exercise.ts:7)`. */
  readonly said: string;
}

// It is compiled and linked first, which takes longest on a machine that has not done so lately.
const LIMITS_TO_LOAD = 2;
// Whoever looks again every tenth of a second does so between any two looks; what runs once, or now and then, does not.
const RESTLESS_LOOKS = 2;
const RESTLESS_BEATS = 25;

/**
 * One attempt: the learner's module in a thread of a process of its own, which this process watches and can always end. What
 * the module prints or says of itself counts for nothing; whoever checks looks at what servers, watched functions and the
 * thread did. When it does what no exercise asks for, everything that waits for it fails with an `AttemptFault`.
 */
export class Attempt {
  readonly #limitMs: Milliseconds;
  readonly #channel: AttemptChannel;
  readonly #watched: WatchedCalls;
  readonly #unhandled: string[] = [];
  readonly #workerEvents: WorkerEvent[] = [];
  readonly #pulse: WatchedPulse;
  #calls = 0;
  #signals = 0;

  /** Starts the process; `compiled` is the folder for what is compiled, and each thing that is asked of the module may take `limitMs`, and loading it twice as long. */
  constructor(file: string, compiled: string, limitMs: Milliseconds) {
    this.#limitMs = limitMs;
    this.#channel = new AttemptChannel(
      { file, compiled },
      {
        onReport: (report) => this.#take(report),
        onOver: () => this.#pulse.look(),
      },
    );
    this.#pulse = new WatchedPulse(this.#channel, limitMs);
    this.#watched = new WatchedCalls((question) => this.#channel.ask(question));
  }

  /** What the module printed, the first of it. */
  get printed(): string {
    return this.#channel.printed;
  }

  /** What was seen of its threads last, at most some beats ago. */
  get pulse(): Pulse {
    return this.#pulse.now;
  }

  /** Rejections that nobody has looked at so far, as sentences. */
  get unhandled(): readonly string[] {
    return this.#unhandled;
  }

  /** What the module did with worker threads so far, in the order in which it did so. */
  get workerEvents(): readonly WorkerEvent[] {
    return this.#workerEvents;
  }

  /**
   * Loads the module and makes ready to call it.
   *
   * @throws {AttemptFault} when that fails.
   */
  async load(): Promise<void> {
    await this.#channel.report(LIMITS_TO_LOAD * this.#limitMs, ({ kind }) => kind === 'loaded');
  }

  /**
   * Calls an exported function and waits for what it returns, promises included. Several calls may be under way.
   *
   * With `driver`, the file of another module, a function of that is called in the learner's thread, with what the learner's
   * module exports before `args`: for what cannot be seen from here, a class, say, or what must not give up the thread.
   *
   * @throws {AttemptFault} when it throws, or nothing comes within the limit, or the thread is held or ends.
   */
  call(name: string, args: readonly unknown[], driver?: string): Promise<ObservedCall> {
    return handled(
      this.outcome(name, args, driver).then((outcome) => {
        if (outcome.threw === undefined) return outcome;
        throw new AttemptFault('throws', `it threw: ${outcome.threw.said}`);
      }),
    );
  }

  /**
   * Like `call`, for functions that may throw.
   *
   * @throws {AttemptFault} when nothing comes within the limit, or the thread is held or ends.
   */
  outcome(name: string, args: readonly unknown[], driver?: string): Promise<ObservedOutcome> {
    const call = this.#calls;
    this.#calls += 1;
    this.#channel.ask({ kind: 'call', call, driver, name, args });
    const answer = this.#channel.report(
      this.#limitMs,
      (report) => (report.kind === 'returned' || report.kind === 'threw') && report.call === call,
    );
    return handled(
      answer.then((report): ObservedOutcome => {
        if (report.kind === 'returned') {
          return { ...report.seen, value: report.value, threw: undefined };
        }
        if (report.kind !== 'threw') throw new Error('an answer to a call says what came of it');
        const { name: kind, message, said, seen } = report;
        return { ...seen, threw: { name: kind, message, said } };
      }),
    );
  }

  /**
   * A function to be passed to the module, among the arguments of a call, in lists and objects, too: `onCall` is told when the
   * module calls it, and what it returns is a promise that is settled by the call's `answer` or `fail`.
   */
  watch(onCall: (call: WatchedCall) => void): WatchFunction {
    return this.#watched.add(onCall);
  }

  /** Like `watch`, of a function that returns nothing, at once or when it has held the module's thread for `heldMs`. */
  watchPlain(onCall: (call: WatchedCall) => void, heldMs: Milliseconds = 0): WatchFunction {
    return this.#watched.addPlain(onCall, heldMs);
  }

  /** An `AbortSignal` to be passed to the module, and what fires it. */
  signal(): { readonly signal: WatchedSignal; readonly abort: (reason: string) => void } {
    const signal = this.#signals;
    this.#signals += 1;
    return {
      signal: { lwasyncSignal: signal },
      abort: (reason) => this.#channel.ask({ kind: 'abort', signal, reason }),
    };
  }

  /**
   * Resolves when the module has nothing left to run but what waits for an answer of a watched function, or of a server, or
   * goes on for some beats.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async settled(): Promise<void> {
    this.#channel.ask({ kind: 'settle' });
    await this.#channel.report(this.#limitMs, ({ kind }) => kind === 'settled');
    // What was told before may have come with it, and whoever waits for that is to see it first.
    await nextPass();
  }

  /**
   * What the module has begun and not ended, in the order of its begin.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async open(): Promise<readonly OpenResource[]> {
    return (await this.#lookInside()).open ?? [];
  }

  /**
   * The line of the module, from 1, that set a timer which has not ended. What a client sets for a call, or Node, is none of its own.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async timerLine(): Promise<number | undefined> {
    return (await this.open()).find(({ isOwnTimer }) => isOwnTimer)?.line;
  }

  /**
   * The line of the module, from 1, that keeps it at work while it is told nothing: one that looks again and again whether it can
   * go on. `undefined` where all sleeps until it is woken; a timer for later may be there.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async restlessLine(): Promise<number | undefined> {
    let before = await this.#lookInside();
    for (let look = 0; look < RESTLESS_LOOKS; look += 1) {
      if (before.open?.every(({ kind }) => kind === 'PROMISE')) return undefined;
      await this.quiet(RESTLESS_BEATS, () => undefined);
      const now = await this.#lookInside();
      if (now.runs?.number === before.runs?.number) return undefined;
      before = now;
    }
    return before.runs?.lastLine;
  }

  async #lookInside(): Promise<Extract<AttemptReport, { kind: 'open' }>> {
    const found = this.#channel.report(this.#limitMs, ({ kind }) => kind === 'open');
    this.#channel.ask({ kind: 'where' });
    const report = await found;
    if (report.kind !== 'open') throw new Error('what is open is told when it is asked for');
    return report;
  }

  /**
   * Resolves when the thread has been free for `beats` beats since `since` last said that something happened: what a clock
   * would say, but on a busy machine the beats take longer, too. Resolves at once where the attempt is over, which it is after the
   * limit when the thread is held; of what goes on happening the limit is the end.
   */
  quiet(beats: number, since: () => unknown): Promise<void> {
    return this.#pulse.quiet(beats, since);
  }

  /** Resolves after so many looks of the process that watches the thread, held or free, or at once where the attempt is over. */
  looks(number: number): Promise<void> {
    return this.#pulse.looks(number);
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#channel.close();
  }

  #take(report: AttemptReport): void {
    if (report.kind === 'pulse') this.#pulse.take(report.pulse);
    else if (report.kind === 'unhandled') this.#unhandled.push(report.message);
    else if (report.kind === 'worker') this.#workerEvents.push(report.event);
    else if (report.kind === 'watched' || report.kind === 'gave up') this.#watched.take(report);
    this.#pulse.look();
  }
}
