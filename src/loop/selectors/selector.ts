import { UsageError } from '../../core/errors.js';
import type { Milliseconds } from '../../core/units.js';

/** What a descriptor is watched for, and what it is ready for: a sum of these. */
export const READ = 1;
export const WRITE = 2;

/**
 * Asks the operating system which descriptors are ready. Level-triggered: a descriptor is told of again for as long as it
 * is ready and watched. A descriptor that hung up or has an error is ready for whatever it is watched for.
 */
export interface Selector {
  readonly name: string;

  /** Sets what a descriptor is watched for: `READ`, `WRITE`, their sum, or 0 to forget it. Throws `SystemError`. */
  watch(fd: number, interest: number): void;

  /**
   * Waits until a descriptor is ready or the time is over; `Infinity` waits for ever, 0 not at all. May return early with
   * nothing (a signal), never late on purpose.
   *
   * @returns how many descriptors are ready; `fd(i)` and `readiness(i)` tell of them until the next call.
   */
  select(timeoutMs: Milliseconds): number;
  fd(index: number): number;
  readiness(index: number): number;

  /**
   * Lets Node's own loop watch instead of a blocking `select`: between `sleep` and the next `select`, `wake` is called when
   * something is ready or the time is over. Returns the undo.
   */
  attach(wake: () => void): Attachment;

  /** Gives back what the operating system lent. Whatever is asked of it afterwards, but to forget, is refused. */
  close(): void;
}

/** What a selector answers once it is closed, when its numbers may stand for somebody else's descriptors. */
export function refuseClosed(): never {
  throw new UsageError('the selector is closed; make a new one, and a new loop on it');
}

/** A selector that Node's own loop looks after. */
export interface Attachment {
  /** Says how long there is nothing to do; `isAlive` says whether the process should stay alive for it. */
  sleep(timeoutMs: Milliseconds, isAlive: boolean): void;
  /** Ends the attachment. */
  detach(): void;
}
