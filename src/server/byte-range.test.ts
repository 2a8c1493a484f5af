import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestedRange } from './byte-range.js';

const SIZES = fc.integer({ min: 1, max: 2 ** 40 });

test('a first and a last position inside the file are taken as they are', () => {
  const cases = SIZES.chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.integer({ min: 0, max: size - 1 }),
      fc.integer({ min: 0, max: size - 1 }),
    ),
  );
  fc.assert(
    fc.property(cases, ([size, one, other]) => {
      const range = { first: Math.min(one, other), last: Math.max(one, other) };
      expect(requestedRange(`bytes=${range.first}-${range.last}`, size)).toEqual(range);
    }),
  );
});

test('a last position behind the end of the file means its last byte', () => {
  fc.assert(
    fc.property(SIZES, fc.bigInt({ min: 0n, max: 10n ** 30n }), (size, more) => {
      const field = `bytes=0-${BigInt(size) + more}`;
      expect(requestedRange(field, size)).toEqual({ first: 0, last: size - 1 });
    }),
  );
});

test('a range without a last position goes to the end of the file', () => {
  expect(requestedRange('bytes=0-', 10)).toEqual({ first: 0, last: 9 });
  expect(requestedRange('bytes=9-', 10)).toEqual({ first: 9, last: 9 });
});

test('a range without a first position is that many bytes at the end of the file', () => {
  expect(requestedRange('bytes=-3', 10)).toEqual({ first: 7, last: 9 });
  expect(requestedRange('bytes=-10', 10)).toEqual({ first: 0, last: 9 });
  expect(requestedRange(`bytes=-${'9'.repeat(400)}`, 10)).toEqual({ first: 0, last: 9 });
});

test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
  'no byte of ten is in the range %s',
  (field) => {
    expect(requestedRange(field, 10)).toBe('unsatisfiable');
  },
);

test('the unit is understood in capitals too', () => {
  expect(requestedRange('Bytes=1-2', 10)).toEqual({ first: 1, last: 2 });
});

test.each([
  undefined,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=5-4',
  'bytes=0-1,3-4',
  'bytes=0-1, bytes=3-4',
  'bytes=a-b',
  'bytes=+1-2',
  'bytes=1.5-2',
  'bytes=0x1-2',
  'bytes=-1-2',
  'bytes 0-1',
  'lines=0-1',
])('the field %s is ignored', (field) => {
  expect(requestedRange(field, 10)).toBe('whole');
});

test('whatever the field says, the range lies inside the file', () => {
  const field = fc.oneof(
    fc.string(),
    fc.stringMatching(/^bytes=\d{0,25}-\d{0,25}$/),
    fc.stringMatching(/^bytes=[\d, -]*$/),
  );
  fc.assert(
    fc.property(field, SIZES, (text, size) => {
      const range = requestedRange(text, size);
      if (typeof range === 'string') return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThan(size);
    }),
  );
});
