import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

const RATE = 1_000_000;
const PIECES = fc.array(
  fc.record({ bytes: fc.integer({ min: 1, max: 200_000 }), pauseMs: fc.nat(300) }),
  { minLength: 1, maxLength: 60 },
);

interface Taken {
  readonly atMs: number;
  readonly bytes: number;
}

/** One reader that takes every piece when it may and, often, some time later. */
function taken(pieces: readonly { bytes: number; pauseMs: number }[]): Taken[] {
  const limiter = new RateLimiter(RATE, 0);
  let atMs = 0;
  return pieces.map(({ bytes, pauseMs }) => {
    atMs += pauseMs;
    const piece = { atMs, bytes };
    atMs += limiter.delay(bytes, atMs);
    return piece;
  });
}

describe('a rate', () => {
  it('is kept to over any window, but for 50 ms and the piece that ends it', () => {
    fc.assert(
      fc.property(PIECES, (pieces) => {
        const all = taken(pieces);
        for (const [from, first] of all.entries()) {
          let sum = 0;
          for (const last of all.slice(from)) {
            const allowed = ((last.atMs - first.atMs + 50) / 1000) * RATE;
            expect(sum).toBeLessThanOrEqual(allowed + 0.001);
            sum += last.bytes;
          }
        }
      }),
    );
  });

  it('is reached by whoever takes the next piece as soon as it may', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        const limiter = new RateLimiter(RATE, 0);
        let atMs = 0;
        for (const size of bytes) atMs += limiter.delay(size, atMs);
        const sum = bytes.reduce((total, size) => total + size, 0);
        expect(atMs).toBeCloseTo((sum / RATE) * 1000, 3);
      }),
    );
  });

  it('is shared: each of several is told a moment after that of the one before', () => {
    const limiter = new RateLimiter(RATE, 0);
    expect([1, 2, 3].map(() => limiter.delay(100_000, 0))).toEqual([100, 200, 300]);
  });

  it('saves up no more than 50 ms in a pause', () => {
    const limiter = new RateLimiter(RATE, 0);
    expect(limiter.delay(50_000, 10_000)).toBe(0);
    expect(limiter.delay(50_000, 10_000)).toBe(50);
  });

  it('without end delays nobody', () => {
    const limiter = new RateLimiter(Infinity, 0);
    expect(limiter.delay(1e12, 0)).toBe(0);
  });
});
