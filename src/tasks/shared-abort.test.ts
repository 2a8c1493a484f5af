import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { sharedAbort } from './shared-abort.js';

it('gives up any number of calls without a warning of a leak', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const over = sharedAbort();
  let givenUp = 0;
  for (let call = 0; call < 100; call += 1) {
    over.signal.addEventListener('abort', () => {
      givenUp += 1;
    });
  }
  over.abort();
  await turn();
  expect(givenUp).toBe(100);
  expect(warnings).toEqual([]);
});
