import type { Instrument } from '../loop/instruments/instrument.js';

/** Ctrl-C while a loop runs within Node. */
export interface LoopInterrupt {
  readonly instrument: Instrument;
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly interrupted: Promise<void>;
}

/**
 * Listens for signals while a loop runs in `loop.host`. In `loop.run` nobody may: the thread is blocked, a listener would
 * never be called, and without one the operating system ends the process. So it is while somebody steps, who is asked with
 * the thread blocked. A program that listens itself is left alone.
 */
export function onLoopInterrupt(steps: boolean): LoopInterrupt {
  let interrupt = (): void => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const listener = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) === 1) interrupt();
  };
  const instrument: Instrument = {
    loopEntered: (_loop, host) => {
      if (host === 'node' && !steps) process.on('SIGINT', listener).on('SIGTERM', listener);
    },
    loopLeft: () => void process.off('SIGINT', listener).off('SIGTERM', listener),
  };
  return { instrument, interrupted };
}
