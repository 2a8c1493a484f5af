import { createRequire } from 'node:module';

/** What is used of koffi, which calls functions of C from JavaScript. */
export interface Koffi {
  errno(): number;
  load(path: null): { func(declaration: string): (...words: unknown[]) => number };
  readonly node: {
    /** Lets libuv, Node's own loop, watch a descriptor. What the callback throws is lost. */
    readonly poll: (
      this: void,
      fd: number,
      options: { readable?: boolean; writable?: boolean },
      callback: () => void,
    ) => PollHandle;
  };
}

/** A descriptor that libuv watches. */
export interface PollHandle {
  start(options: { readable?: boolean; writable?: boolean }, callback: () => void): void;
  stop(): void;
  close(): void;
  /** Keeps the process alive, which it does unless told otherwise. */
  ref(): void;
  unref(): void;
}

/** Loads koffi. It is an optional dependency: an import would end the program where it is missing. */
export function loadKoffi(): Koffi {
  const found: Koffi = createRequire(import.meta.url)('koffi');
  return found;
}
