import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LwasyncError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { AttemptQuestion, AttemptReport } from './attempt-protocol.js';

/** Why an attempt could not be carried through, whatever the exercise. */
export type AttemptFaultCode =
  'does-not-load' | 'throws' | 'ends' | 'prints-too-much' | 'holds-the-thread' | 'waits-for-ever';

/** The learner's module did something that no exercise asks for; the message is a sentence for the learner. */
export class AttemptFault extends LwasyncError {
  readonly code: AttemptFaultCode;

  constructor(code: AttemptFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What is seen of a call, beside what came of it. */
export interface ObservedCall {
  readonly value: unknown;
  /** How often the timer of the learner's thread fired meanwhile: hardly, when the thread was held. */
  readonly beats: number;
  /** Rejections that nobody has looked at, as sentences. */
  readonly unhandled: readonly string[];
}

const LOAD_WITHIN_MS: Milliseconds = 20_000;
const ANSWER_WITHIN_MS: Milliseconds = 1000;
const NO_CLOCKWORK: ReadonlySet<string> = new Set(['MessagePort', 'PipeWrap']);

/**
 * One attempt: the learner's module in a thread of a process of its own, which this process watches and can always end. What
 * the module prints or says of itself counts for nothing; whoever checks looks at what servers and the thread did.
 */
export class Attempt {
  readonly #process: ChildProcess;
  readonly #unhandled: string[] = [];
  readonly #beatWatchers = new Set<() => void>();
  #beats = 0;
  #printed = '';
  #fault: AttemptFault | undefined;
  #answer: ((report: AttemptReport) => void) | undefined;

  /** Starts the process; the module is loaded at its first call. */
  constructor(file: string) {
    this.#process = fork(fileURLToPath(new URL('./attempt-process.js', import.meta.url)), [file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        if (this.#printed.length < 64_000) this.#printed += bytes.toString('utf8');
      });
    }
    this.#process.on('message', (report: AttemptReport) => this.#take(report));
    this.#process.on('exit', () => this.#take({ kind: 'ended', message: undefined }));
    this.#process.on('error', () => this.#take({ kind: 'ended', message: undefined }));
  }

  /** What the module printed, the first of it. */
  get printed(): string {
    return this.#printed;
  }

  /**
   * Loads the module and makes ready to call it.
   *
   * @throws {AttemptFault} when that fails.
   */
  async load(): Promise<void> {
    await this.#within(LOAD_WITHIN_MS, (report) => report.kind === 'loaded');
  }

  /**
   * Calls an exported function and waits for what it returns, promises included.
   *
   * @throws {AttemptFault} when it throws, or nothing comes within `limitMs`, or the thread is held or ends.
   */
  async call(name: string, args: readonly unknown[], limitMs: Milliseconds): Promise<ObservedCall> {
    const before = this.#beats;
    this.#ask({ kind: 'call', name, args });
    const report = await this.#within(limitMs, ({ kind }) => kind === 'returned');
    return {
      value: report.kind === 'returned' ? report.value : undefined,
      beats: this.#beats - before,
      unhandled: [...this.#unhandled],
    };
  }

  /**
   * Resolves when the thread has been free for `beats` beats since `since` last said that something happened: what a clock
   * would say, but on a busy machine the beats take longer, too.
   */
  quiet(beats: number, since: () => unknown): Promise<void> {
    return new Promise((resolve) => {
      let last = since();
      let from = this.#beats;
      const look = (): void => {
        const now = since();
        if (now !== last) [last, from] = [now, this.#beats];
        else if (this.#beats - from >= beats || this.#fault !== undefined) {
          this.#beatWatchers.delete(look);
          resolve();
        }
      };
      this.#beatWatchers.add(look);
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
    if (report.kind === 'beats') this.#beats = report.beats;
    else if (report.kind === 'unhandled') this.#unhandled.push(report.message);
    else {
      this.#fault ??= faultOf(report);
      this.#answer?.(report);
    }
    for (const look of this.#beatWatchers) look();
  }

  #within(
    limitMs: Milliseconds,
    isAnswer: (report: AttemptReport) => boolean,
  ): Promise<AttemptReport> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#answer = undefined;
      };
      const timer = setTimeout(() => {
        void this.#whereItIs(limitMs).then((fault) => {
          settle();
          reject(fault);
        });
      }, limitMs);
      this.#answer = (report) => {
        if (this.#fault !== undefined) {
          settle();
          reject(this.#fault);
        } else if (isAnswer(report)) {
          settle();
          resolve(report);
        }
      };
      if (this.#fault !== undefined) this.#answer({ kind: 'ended', message: undefined });
    });
  }

  /** Where a thread is that did not answer in time: held, or waiting for something that does not come. */
  async #whereItIs(limitMs: Milliseconds): Promise<AttemptFault> {
    const after = formatDuration(limitMs);
    const resources = await new Promise<readonly string[] | undefined>((resolve) => {
      const late = setTimeout(resolve, ANSWER_WITHIN_MS, undefined);
      this.#answer = (report) => {
        if (report.kind !== 'waits for') return;
        clearTimeout(late);
        resolve(report.resources);
      };
      this.#ask({ kind: 'where' });
    });
    if (resources === undefined) {
      return new AttemptFault(
        'holds-the-thread',
        `after ${after} it still held its thread: a loop without an end, or a call that blocks`,
      );
    }
    const waitsFor = resources.filter((resource) => !NO_CLOCKWORK.has(resource));
    // One timer is the one that beats.
    const timer = waitsFor.indexOf('Timeout');
    if (timer >= 0) waitsFor.splice(timer, 1);
    const what =
      waitsFor.length === 0
        ? 'for a promise that nobody will settle'
        : `for ${[...new Set(waitsFor)].join(', ')}`;
    return new AttemptFault('waits-for-ever', `after ${after} it still waited ${what}`);
  }
}

function faultOf(report: AttemptReport): AttemptFault | undefined {
  switch (report.kind) {
    case 'refused':
      return new AttemptFault('does-not-load', `it cannot be run: ${report.message}`);
    case 'threw':
      return new AttemptFault('throws', `it threw: ${report.message}`);
    case 'ended':
      return new AttemptFault(
        'ends',
        report.message === undefined
          ? 'it ended its thread before it was through'
          : `it ended with an error that nobody caught: ${report.message}`,
      );
    case 'printed too much':
      return new AttemptFault('prints-too-much', 'it printed more than 10 MB and was ended');
    case 'loaded':
    case 'returned':
    case 'unhandled':
    case 'beats':
    case 'waits for':
      return undefined;
  }
}
