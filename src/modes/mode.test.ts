import { describe, expect, it } from 'vitest';
import { MODE_NAMES } from '../core/run.js';
import { MODES } from './mode.js';

describe.each(MODE_NAMES)('the %s mode', (name) => {
  const mode = MODES[name];

  it('does every call exactly once', async () => {
    const done: number[] = [];
    const concurrency = mode.concurrency(7, { inFlight: 3, threads: 2 });
    if (mode.blocks) mode.run(7, concurrency, (index) => done.push(index));
    else await mode.run(7, concurrency, async (index) => void done.push(index));
    expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('has no more in flight than it says', async () => {
    let inFlight = 0;
    let most = 0;
    const begin = (): void => {
      inFlight += 1;
      most = Math.max(most, inFlight);
    };
    const concurrency = mode.concurrency(7, { inFlight: 3, threads: 2 });
    if (mode.blocks) {
      mode.run(7, concurrency, () => {
        begin();
        inFlight -= 1;
      });
    } else {
      await mode.run(7, concurrency, async () => {
        begin();
        await Promise.resolve();
        inFlight -= 1;
      });
    }
    expect(most).toBe(concurrency);
  });
});

it('the asynchronous modes take a limit, a pool that of its threads: the others have one call in flight', () => {
  const concurrency = (number: number): number[] =>
    MODE_NAMES.map((name) => MODES[name].concurrency(number, { inFlight: 4, threads: 2 }));
  expect(concurrency(10)).toEqual([1, 1, 4, 4, 2]);
  expect(concurrency(1)).toEqual([1, 1, 1, 1, 1]);
});
