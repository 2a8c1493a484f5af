import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentRange } from './content-range.js';

const SIZE = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const RANGES = SIZE.chain((size) =>
  fc
    .tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size - 1 }))
    .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other), size })),
);

describe('Content-Range', () => {
  it('says which bytes there are, and of how many', () => {
    fc.assert(
      fc.property(RANGES, ({ first, last, size }) => {
        const field = `bytes ${first}-${last}/${size}`;
        expect(parseContentRange(field)).toEqual({ first, last, size });
        expect(parseContentRange(`bytes ${first}-${last}/*`)).toEqual({
          first,
          last,
          size: undefined,
        });
      }),
    );
  });

  it('says with a 416 how many there are', () => {
    fc.assert(
      fc.property(SIZE, (size) => {
        expect(parseContentRange(`bytes */${size}`)).toEqual({ unsatisfied: true, size });
      }),
    );
  });

  it('that leads behind the end, or backwards, is none', () => {
    fc.assert(
      fc.property(RANGES, SIZE, ({ first, last, size }, more) => {
        expect(parseContentRange(`bytes ${first}-${size}/${size}`)).toBe(undefined);
        expect(parseContentRange(`bytes ${last + more}-${last}/*`)).toBe(undefined);
      }),
    );
  });

  it.each([
    undefined,
    '',
    'bytes',
    'bytes 0-9',
    'bytes=0-9/10',
    'items 0-9/10',
    'bytes -9/10',
    'bytes 0-/10',
    'bytes 0-9/10, 20-29/30',
    'bytes 0 - 9/10',
    'bytes +0-9/10',
    'bytes 0x0-0x9/10',
    'bytes 0-9007199254740992/*',
    'bytes 0-9/9007199254740992',
  ])('%j is none', (field) => {
    expect(parseContentRange(field)).toBe(undefined);
  });

  it('is read from any text without an error', () => {
    const unit = fc.constantFrom(...Array.from('bytes 0123456789-/*'));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const range = parseContentRange(`bytes ${text}`);
        if (range !== undefined && 'first' in range) {
          expect(range.last).toBeGreaterThanOrEqual(range.first);
        }
      }),
    );
  });
});
