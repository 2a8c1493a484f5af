import { EXIT } from './exit-codes.js';

/** Turns Ctrl-C into an abort signal; `stop` hands it back to Node. */
export interface Interrupt {
  readonly signal: AbortSignal;
  stop(): void;
}

/**
 * The first SIGINT or SIGTERM fires the signal, so that what was measured can be reported; a second ends the program, and
 * so does the first while there is nothing to report yet.
 */
export function onInterrupt(hasBegun: () => boolean): Interrupt {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted || !hasBegun()) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => void process.off('SIGINT', listener).off('SIGTERM', listener),
  };
}
