import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { eachInTurn } from './turns.js';

/** Work that is begun when its turn comes and ends when it is told to. */
class Workshop {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();

  readonly begin = (item: string): Promise<void> => {
    this.begun.push(item);
    return new Promise((resolve, reject) => this.#ends.set(item, { resolve, reject }));
  };

  async end(item: string, error?: Error): Promise<void> {
    const { resolve, reject } = this.#ends.get(item) ?? expect.fail(`${item} has not begun`);
    this.#ends.delete(item);
    if (error === undefined) resolve();
    else reject(error);
    // All that follows from it happens in microtasks.
    await new Promise((done) => setImmediate(done));
  }

  get inFlight(): readonly string[] {
    return [...this.#ends.keys()];
  }
}

const hostOf = (item: string): string => item.charAt(0);
const never = (): boolean => false;

describe('turns', () => {
  it('are given in order, as many at once as the limit allows', async () => {
    const shop = new Workshop();
    const all = eachInTurn(['a1', 'a2', 'a3'], { total: 2, perKey: 9 }, hostOf, shop.begin, never);
    expect(shop.begun).toEqual(['a1', 'a2']);
    await shop.end('a2');
    expect(shop.begun).toEqual(['a1', 'a2', 'a3']);
    await shop.end('a1');
    await shop.end('a3');
    await all;
  });

  it('of a host at its limit keep nobody behind them waiting', async () => {
    const shop = new Workshop();
    const items = ['a1', 'a2', 'a3', 'b1', 'b2'];
    const all = eachInTurn(items, { total: 3, perKey: 1 }, hostOf, shop.begin, never);
    expect(shop.inFlight).toEqual(['a1', 'b1']);
    await shop.end('b1');
    expect(shop.inFlight).toEqual(['a1', 'b2']);
    await shop.end('a1');
    expect(shop.inFlight).toEqual(['b2', 'a2']);
    for (const item of ['a2', 'a3', 'b2']) await shop.end(item);
    await all;
    expect(shop.begun).toHaveLength(5);
  });

  it('end with the first failure when those in flight have settled', async () => {
    const shop = new Workshop();
    const all = eachInTurn(['a1', 'a2', 'a3'], { total: 2, perKey: 2 }, hostOf, shop.begin, never);
    const outcome = all.catch((error: unknown) => String(error));
    await shop.end('a1', new Error('no'));
    expect(shop.inFlight).toEqual(['a2']);
    await shop.end('a2');
    expect(await outcome).toBe('Error: no');
    expect(shop.begun).toEqual(['a1', 'a2']);
  });

  it('are over when that is said', async () => {
    const shop = new Workshop();
    let isOver = false;
    const items = ['a1', 'a2', 'b1'];
    const all = eachInTurn(items, { total: 2, perKey: 1 }, hostOf, shop.begin, () => isOver);
    isOver = true;
    await shop.end('a1');
    await shop.end('b1');
    await all;
    expect(shop.begun).toEqual(['a1', 'b1']);
  });

  it('come to every item once and keep both limits, whatever ends first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        async (hosts, total, perKey, choices) => {
          const items = hosts.map((host, place) => `${host}${place}`);
          const shop = new Workshop();
          const all = eachInTurn(items, { total, perKey }, hostOf, shop.begin, never);
          for (let over = 0; over < items.length; over += 1) {
            const { inFlight } = shop;
            expect(inFlight.length).toBeLessThanOrEqual(total);
            const waiting = items.filter((item) => !shop.begun.includes(item));
            for (const host of 'abc') {
              const flying = inFlight.filter((item) => hostOf(item) === host).length;
              expect(flying).toBeLessThanOrEqual(perKey);
              // Work-conserving: who waits does so because of a limit.
              if (waiting.some((item) => hostOf(item) === host) && inFlight.length < total) {
                expect(flying).toBe(perKey);
              }
            }
            await shop.end(inFlight[(choices.next().value ?? 0) % inFlight.length] ?? '');
          }
          await all;
          expect(shop.begun.toSorted()).toEqual(items.toSorted());
        },
      ),
    );
  });
});
