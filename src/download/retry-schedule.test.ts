import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_RETRY_AFTER_MS, parseRetryAfter, retryDelay } from './retry-schedule.js';

const FAILURES = fc.integer({ min: 1, max: 2000 });
const SHARE = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function longest(failures: number): number {
  return retryDelay(failures, () => 1, undefined);
}

describe('the pause before a retry', () => {
  it('lies between nothing and an interval of at most half a minute', () => {
    fc.assert(
      fc.property(FAILURES, SHARE, (failures, share) => {
        const delay = retryDelay(failures, () => share, undefined);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** (failures - 1)));
      }),
    );
  });

  it('has an interval that doubles up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 2000].map(longest)).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('is half the interval on average, and evenly spread', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      retryDelay(3, () => (index + 0.5) / 1000, undefined),
    );
    expect(many.reduce((sum, delay) => sum + delay, 0) / many.length).toBeCloseTo(1000, 6);
    expect(many.filter((delay) => delay < 500)).toHaveLength(250);
  });

  it('is at least as long as the server asks for', () => {
    fc.assert(
      fc.property(FAILURES, SHARE, fc.integer({ min: 0, max: 1e6 }), (failures, share, asked) => {
        const plain = retryDelay(failures, () => share, undefined);
        expect(retryDelay(failures, () => share, asked)).toBe(Math.max(plain, asked));
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 15, 12);

  it('is a number of seconds', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1000);
      }),
    );
  });

  it('or a date, from which it is counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (seconds) => {
        const field = new Date(now + seconds * 1000).toUTCString();
        expect(parseRetryAfter(field, now)).toBe(Math.max(0, seconds * 1000));
      }),
    );
  });

  it.each([undefined, '', 'soon', '-1', '1.5', '1e3', '0x10', '5 s', '2026-01-15'])(
    '%j says nothing',
    (field) => {
      expect(parseRetryAfter(field, now)).toBe(undefined);
    },
  );

  it('of more digits than a number has is longer than anybody waits', () => {
    expect(parseRetryAfter('9'.repeat(400), now)).toBeGreaterThan(LONGEST_RETRY_AFTER_MS);
  });
});
