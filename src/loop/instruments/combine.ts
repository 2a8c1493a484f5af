import type { Instrument } from './instrument.js';

/**
 * Several instruments as one: each is told of everything, in the order given. Places that none of them looks at stay as
 * cheap as without an instrument.
 */
export function combine(...instruments: readonly Instrument[]): Instrument {
  return {
    ...told('loopEntered', instruments),
    ...told('loopLeft', instruments),
    ...told('handleCreated', instruments),
    ...told('phaseEnded', instruments),
    ...told('beforeIoWait', instruments),
    ...told('afterIoWait', instruments),
    ...told('handleEnqueued', instruments),
    ...told('handleStarted', instruments),
    ...told('handleEnded', instruments),
    ...told('taskSpawned', instruments),
    ...told('taskStepped', instruments),
    ...told('taskExited', instruments),
  };
}

function told(key: keyof Instrument, instruments: readonly Instrument[]): Instrument {
  const listeners = instruments.flatMap((instrument) => {
    const method = instrument[key];
    if (method === undefined) return [];
    return [(words: readonly unknown[]) => Reflect.apply(method, instrument, words)];
  });
  if (listeners.length === 0) return {};
  return {
    [key]: (...words: readonly unknown[]): void => {
      for (const listener of listeners) listener(words);
    },
  };
}
