import { describe, expect, expectTypeOf, it } from 'vitest';
import { runOn, SELECTORS, withLoop } from '../../../test/support/loop-leaks.js';
import { worker } from '../../../test/support/worker.js';
import { currentLoop, Future, gather, sleep, type Work } from '../index.js';

describe.each(SELECTORS)('gather on %s', (name) => {
  it('brings results in the order of the works, whoever ends first, each of its own type', async () => {
    const results = await runOn(name, function* main() {
      const slow = function* slow() {
        yield* sleep(3);
        return 'slow';
      };
      const gathered = yield* gather([slow, Future.of(currentLoop(), 2), sleep(1), slow()]);
      expectTypeOf(gathered).toEqualTypeOf<[string, number, void, string]>();
      return gathered;
    });
    expect(results).toEqual(['slow', 2, undefined, 'slow']);
  });

  it('of nothing brings nothing', async () => {
    expect(await runOn(name, () => gather([])[Symbol.iterator]())).toEqual([]);
  });

  it('one of whose works fails cancels the others', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      try {
        yield* gather([worker(log, 'other', 10_000), worker(log, 'failing', 1, new Error('no'))]);
      } catch (error) {
        log.push(String(error));
      }
      return log;
    });
    expect(seen).toEqual(['failing done', 'other cancelled', 'Error: no']);
  });

  it('one of whose works is none leaves none of the others running', async () => {
    const seen = await runOn(name, function* main() {
      const log: string[] = [];
      try {
        yield* gather([worker(log, 'other', 10_000), (async () => {}) as unknown as Work<void>]);
      } catch (error) {
        log.push((error as Error).message.slice(0, 29));
      }
      log.push(`${currentLoop().tasks.size} task`);
      return log;
    });
    // Cancelled before its first step, it runs until its first operation.
    expect(seen).toEqual(['other cancelled', 'expected a generator function', '1 task']);
  });

  it('of promises brings their results while Node’s own loop runs', () =>
    withLoop(name, async (loop) => {
      const both = await loop.host(() => gather([Promise.resolve('promised'), sleep(1)]));
      expect(both).toEqual(['promised', undefined]);
    }));
});
