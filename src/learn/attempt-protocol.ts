import type { MessagePort } from 'node:worker_threads';
import type { Milliseconds } from '../core/units.js';

/** What the checking process asks of the thread with the learner's module. */
export type AttemptQuestion =
  | {
      readonly kind: 'call';
      readonly call: number;
      /** Another module whose function is called, with what the learner's module exports before `args`. */
      readonly driver: string | undefined;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  /** What a watched function, called by the learner, returns in the end. */
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'fail'; readonly call: number; readonly message: string }
  | { readonly kind: 'abort'; readonly signal: number; readonly reason: string }
  /** Asks for a word when nothing is left to run but what waits for the checking process, or for long. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'where' };

/** What is told of an attempt: by the thread, and by the process that watches it. */
export type AttemptReport =
  | { readonly kind: 'loaded' }
  | {
      readonly kind: 'returned';
      readonly call: number;
      readonly value: unknown;
      readonly seen: Seen;
    }
  | {
      readonly kind: 'threw';
      readonly call: number;
      readonly name: string;
      readonly message: string;
      /** The message for whoever wrote the module, with the line where it is known. */
      readonly said: string;
      readonly seen: Seen;
    }
  /** The learner's module called a watched function. */
  | {
      readonly kind: 'watched';
      readonly watched: number;
      readonly call: number;
      readonly args: readonly unknown[];
      readonly caller: Caller;
    }
  /** A signal that was passed to a watched function was fired before the function was answered. */
  | { readonly kind: 'gave up'; readonly call: number }
  | { readonly kind: 'settled' }
  | { readonly kind: 'worker'; readonly event: WorkerEvent }
  /** The module could not be loaded, or does not export what is called. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The thread has ended: by itself, or because of an error that nobody caught. */
  | { readonly kind: 'ended'; readonly message: string | undefined }
  | { readonly kind: 'printed too much' }
  | { readonly kind: 'took too much memory' }
  /** A promise was rejected and nobody has looked. */
  | { readonly kind: 'unhandled'; readonly message: string }
  | { readonly kind: 'pulse'; readonly pulse: Pulse }
  /** No list when the thread did not answer, because it is held; then the line that it is held at, if that can be seen. */
  | {
      readonly kind: 'open';
      readonly open: readonly OpenResource[] | undefined;
      readonly runs: Runs | undefined;
      readonly heldAt: number | undefined;
    };

/** Where a call comes from: of what the callback is that made it, and when it ran. Kinds are named as by `node:async_hooks`. */
export interface Caller {
  /** The number of the callback: calls with the same were made with nothing else between them. */
  readonly run: number;
  /** What the callback is of: `Timeout`, `PROMISE`; `''` where it was begun before the module. */
  readonly from: string;
  /** In a callback of what that was begun. */
  readonly begunFrom: string;
  /** What the callback is of that the event loop called last; ticks and promise reactions run as part of its turn. */
  readonly turn: string;
  /** The number of that turn. */
  readonly turnIndex: number;
  /** The number of the turn in which that was begun: what the loop calls was set in an earlier one. */
  readonly turnBegunIn: number;
  /** How often the loop had looked for I/O: the same from the callbacks of I/O to the timers of the next pass. */
  readonly pass: number;
}

/** What the watching thread sees of the one it watches, from the begin. */
export interface Pulse {
  /** How often a timer of the watched thread has fired, every 5 ms where it is free to. */
  readonly beats: number;
  /** How often a like timer of the watching thread has fired, which is always free. */
  readonly looks: number;
  /** CPU time by thread, in the order of starting; of threads that have ended what was seen last. None where it is not told. */
  readonly threadCpuMs: readonly Milliseconds[];
}

/** What the learner's module did with a worker thread that it began. */
export interface WorkerEvent {
  /** The number of the worker, from 0 in the order of their begin. */
  readonly worker: number;
  /** A message was handed to it, or came from it; the thread began, or ended. */
  readonly what: 'began' | 'asked' | 'answered' | 'ended';
  /** For a picture: by the clock of the learner's thread. */
  readonly atMs: Milliseconds;
}

/** What was seen of a call, in its thread. */
export interface Seen {
  /** Whether the function gave a promise, which was then waited for. */
  readonly gavePromise: boolean;
  readonly beats: number;
  readonly looks: number;
  /** Never less than what the call took, so lower bounds hold on a busy machine, too; upper ones do not. */
  readonly durationMs: Milliseconds;
  /** CPU time of the whole process meanwhile. */
  readonly cpuMs: Milliseconds;
}

/** Something that the learner's module began and that has not ended. */
export interface OpenResource {
  /** As `node:async_hooks` names it: `PROMISE`, `Timeout`, `TCPWRAP`. */
  readonly kind: string;
  /** The line of the learner's module that began it, from 1. */
  readonly line: number;
  /** Whether it is a timer that this line itself set, and not a client, say, that it called. */
  readonly isOwnTimer: boolean;
}

/** How often something ran that the learner's module began: callbacks, and what follows an `await`. */
export interface Runs {
  readonly number: number;
  /** The line of the module that began what ran last, from 1. */
  readonly lastLine: number | undefined;
}

/** Time between two beats of a thread that is free. */
export const BEAT_MS: Milliseconds = 5;

/** What the thread of an attempt is started with. */
export interface AttemptThreadData {
  /** The learner's module. */
  readonly file: string;
  /** The folder for what is compiled. */
  readonly compiled: string;
  /** The beats and the looks, each one number that only rises. */
  readonly pulse: Int32Array;
  /** Where it is asked, and tells. */
  readonly port: MessagePort;
}

/** Stands for a watched function among the arguments of a call. */
export interface WatchedFunction {
  readonly lwasyncWatched: number;
  /** It returns when it has held its thread for `heldMs`, and nobody answers it. */
  readonly isPlain: boolean;
  readonly heldMs: Milliseconds;
}

/** Stands for an `AbortSignal` among the arguments of a call. */
export interface WatchedSignal {
  readonly lwasyncSignal: number;
}
