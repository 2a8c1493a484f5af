import { fork, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { AttemptFault, faultIn } from './attempt-fault.js';
import type { AttemptQuestion, AttemptReport, OpenResource } from './attempt-protocol.js';

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

/** What an attempt runs. */
export interface AttemptFiles {
  /** The learner's module. */
  readonly file: string;
  /** The folder for what is compiled. */
  readonly compiled: string;
}

const ANSWER_WITHIN_MS: Milliseconds = 5000;
const MOST_PRINTED = 64_000;

/**
 * The process of an attempt, what is asked of it and what it tells. After a fault everything that waits fails with it, and so
 * does all that is waited for later.
 */
export class AttemptChannel {
  readonly #file: string;
  readonly #process: ChildProcess;
  readonly #waiters = new Set<Waiter>();
  readonly #listener: ChannelListener;
  #printed = '';
  #fault: AttemptFault | undefined;

  /** Starts the process. */
  constructor({ file, compiled }: AttemptFiles, listener: ChannelListener) {
    this.#file = file;
    this.#listener = listener;
    const program = fileURLToPath(new URL('./attempt-process.js', import.meta.url));
    this.#process = fork(program, [file, compiled], {
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
  }

  /** What was printed, the first of it. */
  get printed(): string {
    return this.#printed;
  }

  get isOver(): boolean {
    return this.#fault !== undefined;
  }

  ask(question: AttemptQuestion): void {
    // Of a process that has ended its end is told.
    this.#process.send(question, () => {});
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
    return handled(
      new Promise((resolve, reject) => {
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
            if (!isMeant(report)) return;
            settle();
            resolve(report);
          },
          fail: (fault) => {
            settle();
            reject(fault);
          },
        };
        const timer = setTimeout(() => void this.#giveUp(limitMs), limitMs);
        this.#waiters.add(waiter);
      }),
    );
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#process.kill('SIGKILL');
  }

  #take(report: AttemptReport): void {
    for (const waiter of this.#waiters) waiter.take(report);
    const fault = faultIn(report);
    if (fault !== undefined) this.#end(fault);
    this.#listener.onReport(report);
  }

  #end(fault: AttemptFault): void {
    this.#fault ??= fault;
    for (const waiter of this.#waiters) waiter.fail(this.#fault);
    this.#listener.onOver();
  }

  /** Says where a thread is that did not answer in time: held, or waiting for something that does not come. */
  async #giveUp(limitMs: Milliseconds): Promise<void> {
    const open = this.report(ANSWER_WITHIN_MS, ({ kind }) => kind === 'open');
    this.ask({ kind: 'where' });
    const report = await open.catch(() => undefined);
    const found = report?.kind === 'open' ? report : { open: undefined, heldAt: undefined };
    this.#end(
      found.open === undefined
        ? new AttemptFault('holds-the-thread', held(limitMs, this.#file, found.heldAt))
        : new AttemptFault('waits-for-ever', waiting(limitMs, this.#file, found.open)),
    );
  }
}

/** Whoever began it may look at something else first; that it failed is told to whoever asks. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function held(limitMs: Milliseconds, file: string, line: number | undefined): string {
  const where = line === undefined ? '' : ` at ${basename(file)}:${line}`;
  return `after ${formatDuration(limitMs)} it still held its thread${where}: a loop without an end, or a call that blocks`;
}

function waiting(limitMs: Milliseconds, file: string, open: readonly OpenResource[]): string {
  const others = open.filter(({ kind }) => kind !== 'PROMISE');
  const last = open.findLast(({ kind }) => kind === 'PROMISE') ?? others.at(-1);
  const where = last === undefined ? '' : ` at ${basename(file)}:${last.line}`;
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  const what = kinds.length === 0 ? 'a promise that nobody has settled' : kinds.join(', ');
  return `after ${formatDuration(limitMs)} it still waited${where}, for ${what}`;
}
