import type { Selector } from 'lwasync/learn';

/** What the learner's module exports, as far as it is right. */
export interface Learner {
  readonly EventLoop: new (selector: Selector, now?: () => number) => Loop;
}

/** The learner's loop. */
export interface Loop {
  callSoon(callback: () => void): void;
  callLater(delayMs: number, callback: () => void): unknown;
  get(url: string): Promise<unknown>;
  runOnce(): unknown;
  run<T>(main: () => Promise<T>): Promise<T>;
}
