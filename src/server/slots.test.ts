import { setImmediate as nextPass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CallEnd } from './call-end.js';
import { Slots } from './slots.js';

test('no more are served at once than there are slots, in order of arrival', async () => {
  const slots = new Slots(2);
  const calls = Array.from({ length: 5 }, () => new CallEnd());
  const served: number[] = [];
  const serve = async (call: CallEnd, index: number): Promise<void> => {
    await slots.take(call);
    served.push(index);
  };
  const serving = Promise.all(calls.map(serve));
  await nextPass();
  expect(served).toEqual([0, 1]);
  calls[1]?.end();
  await nextPass();
  expect(served).toEqual([0, 1, 2]);
  calls[0]?.end();
  calls[2]?.end();
  await serving;
  expect(served).toEqual([0, 1, 2, 3, 4]);
});

test('one that left while it queued passes its slot on at once', async () => {
  const slots = new Slots(1);
  const [first, second, third] = [new CallEnd(), new CallEnd(), new CallEnd()];
  await slots.take(first);
  const left = slots.take(second);
  const waiting = slots.take(third);
  second.end();
  first.end();
  await expect(Promise.all([left, waiting])).resolves.toHaveLength(2);
});

test('an infinite number of slots never makes anybody wait', async () => {
  const slots = new Slots(Infinity);
  const calls = Array.from({ length: 1000 }, () => slots.take(new CallEnd()));
  await expect(Promise.all(calls)).resolves.toHaveLength(1000);
});
