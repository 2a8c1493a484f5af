import { monotonicNow } from '../core/clock.js';
import { messageOf } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { withDefaultInstrument } from './instruments/default-instrument.js';
import type { Instrument } from './instruments/instrument.js';
import { EpollSelector } from './selectors/epoll-selector.js';
import type { Selector } from './selectors/selector.js';
import { whyNoLibc } from './system/libc.js';

/** What a loop is made of. */
export interface EventLoopOptions {
  /** Asks the operating system: `EpollSelector` unless said otherwise. */
  readonly selector?: Selector;
  /** The clock, in milliseconds: the monotonic one unless said otherwise. */
  readonly now?: () => Milliseconds;
  /** Looks on while the loop runs. */
  readonly instrument?: Instrument;
}

/** The same with what was left out. */
export interface CompleteOptions {
  readonly selector: Selector;
  readonly now: () => Milliseconds;
  readonly instrument: Instrument | undefined;
}

/** @throws {UnavailableError | SystemError} when a selector is needed and cannot be had. */
export function completeOptions(options: EventLoopOptions): CompleteOptions {
  return {
    selector: options.selector ?? new EpollSelector(),
    now: options.now ?? monotonicNow,
    instrument: withDefaultInstrument(options.instrument),
  };
}

let answer: { readonly why: string | undefined } | undefined;

/** Why there can be no loop here, as a sentence; `undefined` where there can. Tried once, really, then remembered. */
export function whyUnavailable(): string | undefined {
  answer ??= { why: whyRefused(whyNoLibc(), () => new EpollSelector()) };
  return answer.why;
}

/** The same for a C library that cannot be reached for a reason, if there is one, and a selector that is to be tried. */
export function whyRefused(
  whyNoLibrary: string | undefined,
  open: () => { close(): void },
): string | undefined {
  if (whyNoLibrary !== undefined) return `the event loop cannot run here: ${whyNoLibrary}`;
  try {
    open().close();
  } catch (error) {
    return `the event loop cannot run here: the operating system refuses what it needs (${messageOf(error)})`;
  }
  return undefined;
}
