import { expect, test } from 'vitest';
import { CallEnd } from './call-end.js';
import { pause } from './pause.js';

const HOUR_MS = 3_600_000;

test('a pause is over when its time is', async () => {
  const order: string[] = [];
  const note = (what: string): void => void order.push(what);
  const call = new CallEnd();
  await Promise.all([
    pause(40, call).then(() => note('long')),
    pause(1, call).then(() => note('short')),
    pause(0, call).then(() => note('none')),
  ]);
  expect(order).toEqual(['none', 'short', 'long']);
});

test('a pause ends early when there is nobody left to wait for it', async () => {
  const call = new CallEnd();
  const pausing = pause(HOUR_MS, call);
  call.end();
  await expect(pausing).resolves.toBeUndefined();
  await expect(pause(HOUR_MS, call)).resolves.toBeUndefined();
});
