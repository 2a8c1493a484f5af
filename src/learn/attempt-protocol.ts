/** What the checking process asks of the process of an attempt. */
export type AttemptQuestion =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'where' };

/** What the process of an attempt tells: of the thread with the learner's module, which it watches from outside. */
export type AttemptReport =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly message: string }
  /** The module could not be loaded. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The thread has ended: by itself, or because of an error that nobody caught. */
  | { readonly kind: 'ended'; readonly message: string | undefined }
  | { readonly kind: 'printed too much' }
  /** A promise was rejected and nobody has looked. */
  | { readonly kind: 'unhandled'; readonly message: string }
  /** How often the timer of the thread has fired, every 5 ms where it is free to. */
  | { readonly kind: 'beats'; readonly beats: number }
  /** What keeps the event loop of the thread waiting, by kind; `undefined` when it did not answer, because it is held. */
  | { readonly kind: 'waits for'; readonly resources: readonly string[] | undefined };

/** Time between two beats of a thread that is free. */
export const BEAT_MS = 5;

/** What the thread of an attempt is started with. */
export interface AttemptThreadData {
  /** The learner's module. */
  readonly file: string;
  /** One number, raised at every beat. */
  readonly beats: Int32Array;
}
