import { fork, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { AttemptFault, faultIn } from './attempt-fault.js';
import type {
  AttemptQuestion,
  AttemptReport,
  OpenResource,
  Pulse,
  Seen,
  WatchedSignal,
} from './attempt-protocol.js';
import { WatchedCalls, type WatchedCall, type WatchFunction } from './watched-function.js';

/** What a call returned, and what was seen of it. */
export interface ObservedCall extends Seen {
  readonly value: unknown;
}

/** What came of a call that may throw. */
export type ObservedOutcome =
  | (ObservedCall & { readonly threw: undefined })
  | (Seen & { readonly threw: { readonly name: string; readonly message: string } });

interface Waiter {
  take(report: AttemptReport): void;
  fail(fault: AttemptFault): void;
}

const LOAD_WITHIN_MS: Milliseconds = 20_000;
const ANSWER_WITHIN_MS: Milliseconds = 1000;
const MOST_PRINTED = 64_000;

/**
 * One attempt: the learner's module in a thread of a process of its own, which this process watches and can always end. What
 * the module prints or says of itself counts for nothing; whoever checks looks at what servers, watched functions and the
 * thread did. When it does what no exercise asks for, everything that waits for it fails with an `AttemptFault`.
 */
export class Attempt {
  readonly #file: string;
  readonly #limitMs: Milliseconds;
  readonly #process: ChildProcess;
  readonly #watched: WatchedCalls;
  readonly #unhandled: string[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #pulseWatchers = new Set<() => void>();
  #pulse: Pulse = { beats: 0, looks: 0, threadCpuMs: [] };
  #printed = '';
  #fault: AttemptFault | undefined;
  #calls = 0;
  #signals = 0;

  /** Starts the process; each thing that is asked of the module may take `limitMs`. */
  constructor(file: string, limitMs: Milliseconds) {
    this.#file = file;
    this.#limitMs = limitMs;
    this.#process = fork(fileURLToPath(new URL('./attempt-process.js', import.meta.url)), [file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        if (this.#printed.length < MOST_PRINTED) this.#printed += bytes.toString('utf8');
      });
    }
    this.#process.on('message', (report: AttemptReport) => this.#take(report));
    this.#process.on('exit', () => this.#take({ kind: 'ended', message: undefined }));
    this.#process.on('error', () => this.#take({ kind: 'ended', message: undefined }));
    this.#watched = new WatchedCalls((question) => this.#ask(question));
  }

  /** What the module printed, the first of it. */
  get printed(): string {
    return this.#printed;
  }

  /** What was seen of its threads last, at most some beats ago. */
  get pulse(): Pulse {
    return this.#pulse;
  }

  /** Rejections that nobody has looked at so far, as sentences. */
  get unhandled(): readonly string[] {
    return this.#unhandled;
  }

  /**
   * Loads the module and makes ready to call it.
   *
   * @throws {AttemptFault} when that fails.
   */
  async load(): Promise<void> {
    await this.#within(LOAD_WITHIN_MS, ({ kind }) => kind === 'loaded');
  }

  /**
   * Calls an exported function and waits for what it returns, promises included. Several calls may be under way.
   *
   * @throws {AttemptFault} when it throws, or nothing comes within the limit, or the thread is held or ends.
   */
  call(name: string, args: readonly unknown[]): Promise<ObservedCall> {
    return handled(
      this.outcome(name, args).then((outcome) => {
        if (outcome.threw === undefined) return outcome;
        throw new AttemptFault('throws', `it threw: ${outcome.threw.message}`);
      }),
    );
  }

  /**
   * Like `call`, for functions that may throw.
   *
   * @throws {AttemptFault} when nothing comes within the limit, or the thread is held or ends.
   */
  outcome(name: string, args: readonly unknown[]): Promise<ObservedOutcome> {
    const call = this.#calls;
    this.#calls += 1;
    this.#ask({ kind: 'call', call, name, args });
    const answer = this.#within(
      this.#limitMs,
      (report) => (report.kind === 'returned' || report.kind === 'threw') && report.call === call,
    );
    return handled(
      answer.then((report): ObservedOutcome => {
        if (report.kind === 'returned') {
          return { ...report.seen, value: report.value, threw: undefined };
        }
        if (report.kind !== 'threw') throw new Error('an answer to a call says what came of it');
        return { ...report.seen, threw: { name: report.name, message: report.message } };
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
      abort: (reason) => this.#ask({ kind: 'abort', signal, reason }),
    };
  }

  /**
   * Resolves when the module has nothing left to run but what waits for an answer of a watched function, or of a server, or
   * goes on for some beats.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async settled(): Promise<void> {
    this.#ask({ kind: 'settle' });
    await this.#within(this.#limitMs, ({ kind }) => kind === 'settled');
  }

  /**
   * What the module has begun and not ended, in the order of its begin.
   *
   * @throws {AttemptFault} when the thread is held or ends.
   */
  async open(): Promise<readonly OpenResource[]> {
    const found = this.#within(this.#limitMs, ({ kind }) => kind === 'open');
    this.#ask({ kind: 'where' });
    const report = await found;
    return (report.kind === 'open' ? report.open : undefined) ?? [];
  }

  /**
   * Resolves when the thread has been free for `beats` beats since `since` last said that something happened: what a clock
   * would say, but on a busy machine the beats take longer, too. Resolves at once where the attempt is over.
   */
  quiet(beats: number, since: () => unknown): Promise<void> {
    return new Promise((resolve) => {
      let last = since();
      let from = this.#pulse.beats;
      const look = (): void => {
        const now = since();
        if (now !== last) [last, from] = [now, this.#pulse.beats];
        if (this.#pulse.beats - from < beats && this.#fault === undefined) return;
        this.#pulseWatchers.delete(look);
        resolve();
      };
      this.#pulseWatchers.add(look);
      look();
    });
  }

  /** Resolves after so many looks of the process that watches the thread, held or free, or at once where the attempt is over. */
  looks(number: number): Promise<void> {
    return new Promise((resolve) => {
      const from = this.#pulse.looks;
      const look = (): void => {
        if (this.#pulse.looks - from < number && this.#fault === undefined) return;
        this.#pulseWatchers.delete(look);
        resolve();
      };
      this.#pulseWatchers.add(look);
      look();
    });
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#process.kill('SIGKILL');
  }

  #ask(question: AttemptQuestion): void {
    // Of a process that has ended its end is told.
    this.#process.send(question, () => {});
  }

  #take(report: AttemptReport): void {
    if (report.kind === 'pulse') this.#pulse = report.pulse;
    else if (report.kind === 'unhandled') this.#unhandled.push(report.message);
    else if (report.kind === 'watched' || report.kind === 'gave up') this.#watched.take(report);
    else for (const waiter of this.#waiters) waiter.take(report);
    const fault = faultIn(report);
    if (fault !== undefined) this.#end(fault);
    for (const look of this.#pulseWatchers) look();
  }

  #end(fault: AttemptFault): void {
    this.#fault ??= fault;
    for (const waiter of this.#waiters) waiter.fail(this.#fault);
    for (const look of this.#pulseWatchers) look();
  }

  #within(
    limitMs: Milliseconds,
    isAnswer: (report: AttemptReport) => boolean,
  ): Promise<AttemptReport> {
    const answer = new Promise<AttemptReport>((resolve, reject) => {
      if (this.#fault !== undefined) {
        reject(this.#fault);
        return;
      }
      const settle = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        take: (report) => {
          if (!isAnswer(report)) return;
          settle();
          resolve(report);
        },
        fail: (fault) => {
          settle();
          reject(fault);
        },
      };
      const timer = setTimeout(() => {
        void this.#whereItIs(limitMs).then((fault) => this.#end(fault));
      }, limitMs);
      this.#waiters.add(waiter);
    });
    return handled(answer);
  }

  /** Where a thread is that did not answer in time: held, or waiting for something that does not come. */
  async #whereItIs(limitMs: Milliseconds): Promise<AttemptFault> {
    const after = formatDuration(limitMs);
    const open = await new Promise<readonly OpenResource[] | undefined>((resolve) => {
      const waiter: Waiter = {
        take: (report) => void (report.kind === 'open' && settle(report.open)),
        fail: () => settle(undefined),
      };
      const settle = (found: readonly OpenResource[] | undefined): void => {
        clearTimeout(late);
        this.#waiters.delete(waiter);
        resolve(found);
      };
      const late = setTimeout(settle, ANSWER_WITHIN_MS, undefined);
      this.#waiters.add(waiter);
      this.#ask({ kind: 'where' });
    });
    if (open === undefined) {
      return new AttemptFault(
        'holds-the-thread',
        `after ${after} it still held its thread: a loop without an end, or a call that blocks`,
      );
    }
    return new AttemptFault('waits-for-ever', `after ${after} ${this.#whatIsAwaited(open)}`);
  }

  #whatIsAwaited(open: readonly OpenResource[]): string {
    const others = open.filter(({ kind }) => kind !== 'PROMISE');
    const last = open.findLast(({ kind }) => kind === 'PROMISE') ?? others.at(-1);
    const where = last === undefined ? '' : ` at ${basename(this.#file)}:${last.line}`;
    const kinds = [...new Set(others.map(({ kind }) => kind))];
    const what = kinds.length === 0 ? 'a promise that nobody has settled' : kinds.join(', ');
    return `it still waited${where}, for ${what}`;
  }
}

// Whoever began it may look at something else first; that it failed is told to whoever asks.
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
