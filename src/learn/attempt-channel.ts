import type { Milliseconds } from '../core/units.js';
import { AttemptFault, faultIn, heldFault, waitingFault } from './attempt-fault.js';
import type { AttemptQuestion, AttemptReport } from './attempt-protocol.js';
import { callLater } from './call-later.js';
import { SpawnedAttempt, type AttemptFiles } from './spawned-attempt.js';

interface Waiter {
  take(report: AttemptReport): void;
  fail(fault: AttemptFault): void;
}

/** What is told of a channel. */
export interface ChannelListener {
  onReport(report: AttemptReport): void;
  /** After a fault. */
  onOver(): void;
}

const ANSWER_WITHIN_MS: Milliseconds = 5000;
// Every some milliseconds it tells what its thread does, whatever that is.
const SILENT_MS: Milliseconds = 10_000;

/**
 * The process of an attempt, what is asked of it and what it tells. After a fault everything that waits fails with it, and so
 * does all that is waited for later.
 */
export class AttemptChannel {
  readonly #file: string;
  readonly #process: SpawnedAttempt;
  readonly #waiters = new Set<Waiter>();
  readonly #listener: ChannelListener;
  #stopListening = (): void => {};
  #fault: AttemptFault | undefined;

  /** Starts the process. */
  constructor(files: AttemptFiles, listener: ChannelListener) {
    this.#file = files.file;
    this.#listener = listener;
    this.#process = new SpawnedAttempt(files, {
      onMessage: (report) => {
        this.#listen();
        this.#take(report);
      },
      onEnd: () => this.#take({ kind: 'ended', message: undefined }),
    });
  }

  /** What was printed, the first of it. */
  get printed(): string {
    return this.#process.printed;
  }

  get isOver(): boolean {
    return this.#fault !== undefined;
  }

  ask(question: AttemptQuestion): void {
    this.#process.ask(question);
  }

  /**
   * Waits for a report.
   *
   * @throws {AttemptFault} when it does not come within the limit, or never will.
   */
  report(
    limitMs: Milliseconds,
    isMeant: (report: AttemptReport) => boolean,
  ): Promise<AttemptReport> {
    return this.#report(limitMs, isMeant, (waiter) => void this.#giveUp(limitMs, waiter));
  }

  /** Ends the process, whatever it does, and all that it has started. */
  close(): void {
    this.#stopListening();
    this.#process.close();
  }

  #report(
    limitMs: Milliseconds,
    isMeant: (report: AttemptReport) => boolean,
    onLimit: (waiter: Waiter) => void,
  ): Promise<AttemptReport> {
    return handled(
      new Promise((resolve, reject) => {
        if (this.#fault !== undefined) {
          reject(this.#fault);
          return;
        }
        const settle = (): void => {
          stop();
          this.#waiters.delete(waiter);
        };
        const waiter: Waiter = {
          take: (report) => {
            if (!isMeant(report)) return;
            settle();
            resolve(report);
          },
          fail: (fault) => {
            settle();
            reject(fault);
          },
        };
        const stop = callLater(limitMs, () => onLimit(waiter));
        this.#waiters.add(waiter);
      }),
    );
  }

  /** Takes it for dead when nothing more comes of it. */
  #listen(): void {
    this.#stopListening();
    if (this.isOver) return;
    this.#stopListening = callLater(SILENT_MS, () =>
      this.#end(new AttemptFault('ends', 'its process was stopped, and does not answer any more')),
    );
  }

  #take(report: AttemptReport): void {
    for (const waiter of this.#waiters) waiter.take(report);
    const fault = faultIn(report);
    if (fault !== undefined) this.#end(fault);
    this.#listener.onReport(report);
  }

  #end(fault: AttemptFault): void {
    this.#stopListening();
    this.#fault ??= fault;
    for (const waiter of this.#waiters) waiter.fail(this.#fault);
    this.#listener.onOver();
  }

  /** Says where a thread is that did not answer in time: held, or waiting for something that does not come. */
  async #giveUp(limitMs: Milliseconds, late: Waiter): Promise<void> {
    const silence = heldFault(limitMs, this.#file, undefined);
    const open = this.#report(
      ANSWER_WITHIN_MS,
      ({ kind }) => kind === 'open',
      (waiter) => waiter.fail(silence),
    );
    this.ask({ kind: 'where' });
    const report = await open.catch(() => undefined);
    // What is late may have come in the end.
    if (!this.#waiters.has(late)) return;
    const found = report?.kind === 'open' ? report : undefined;
    this.#end(
      found?.open === undefined
        ? heldFault(limitMs, this.#file, found?.heldAt)
        : waitingFault(limitMs, this.#file, found.open),
    );
  }
}

/** Whoever began it may look at something else first; that it failed is told to whoever asks. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
