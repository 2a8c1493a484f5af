import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runConcurrently } from './concurrency.js';

/** Work that is finished by hand, in whatever order. */
function manualWork() {
  const waiting = new Map<number, () => void>();
  const begun: number[] = [];
  return {
    begun,
    waiting,
    once: (index: number): Promise<string> =>
      new Promise((resolve) => {
        begun.push(index);
        waiting.set(index, () => {
          waiting.delete(index);
          resolve(`answer ${index}`);
        });
      }),
  };
}

/** Lets every continuation run that is ready to. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

it('begins the next call as soon as any is done: a slow one delays nobody', async () => {
  const work = manualWork();
  const all = runConcurrently(5, 2, work.once);
  expect(work.begun).toEqual([0, 1]);
  for (const finished of [1, 2, 3]) {
    work.waiting.get(finished)?.();
    await settle();
  }
  expect(work.begun).toEqual([0, 1, 2, 3, 4]);
  expect([...work.waiting.keys()]).toEqual([0, 4]);
  for (const finish of work.waiting.values()) finish();
  expect(await all).toHaveLength(5);
});

it('gives every result in call order, whatever order they end in, and never exceeds the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 40 }),
      fc.infiniteStream(fc.nat()),
      async (number, limit, choices) => {
        const work = manualWork();
        const all = runConcurrently(number, limit, work.once);
        while (work.waiting.size > 0) {
          expect(work.waiting.size).toBe(
            Math.min(limit, number - work.begun.length + work.waiting.size),
          );
          const keys = [...work.waiting.keys()];
          const choice = choices.next().value ?? 0;
          work.waiting.get(keys[choice % keys.length] ?? 0)?.();
          await settle();
        }
        expect(await all).toEqual(Array.from({ length: number }, (_, index) => `answer ${index}`));
      },
    ),
    { numRuns: 30 },
  );
});

it('begins nothing new once one has failed, and rejects with its error', async () => {
  const begun: number[] = [];
  const failing = runConcurrently(10, 2, async (index) => {
    begun.push(index);
    await settle();
    if (index === 1) throw new Error('call 1 is broken');
  });
  await expect(failing).rejects.toThrow('call 1 is broken');
  await settle();
  expect(begun).toEqual([0, 1, 2]);
});

it('takes an unlimited limit', async () => {
  expect(await runConcurrently(3, Number.POSITIVE_INFINITY, async (index) => index)).toEqual([
    0, 1, 2,
  ]);
});
