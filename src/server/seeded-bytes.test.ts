import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededBytes, SeededFractions } from './seeded-bytes.js';

const SIZE = 70_000;

function read(bytes: SeededBytes, start: number, end: number, most?: number): Buffer {
  return Buffer.concat([...bytes.pieces(start, end, most)]);
}

test('reading from anywhere gives the same bytes as reading all', () => {
  const bytes = new SeededBytes(7, 'a');
  const all = read(bytes, 0, SIZE);
  expect(all).toHaveLength(SIZE);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: SIZE }),
      fc.integer({ min: 0, max: SIZE }),
      fc.integer({ min: 1, max: 100_000 }),
      (one, other, most) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        // A million pieces of a byte each would only make the test slow.
        const piece = Math.max(most, Math.ceil((end - start) / 100));
        expect(read(bytes, start, end, piece).equals(all.subarray(start, end))).toBe(true);
      },
    ),
  );
});

test('a piece is no larger than it may be', () => {
  const lengths = [...new SeededBytes(7, 'a').pieces(5, 5 + 25, 10)].map(({ length }) => length);
  expect(lengths).toEqual([10, 10, 5]);
  const largest = Math.max(...[...new SeededBytes(7, 'a').pieces(0, 200_000)].map((p) => p.length));
  expect(largest).toBe(65_536);
});

test('bytes behind the first four gigabytes can be read at once', () => {
  const bytes = new SeededBytes(7, 'a');
  const end = 2 ** 40;
  expect(read(bytes, end - 20, end).subarray(10)).toEqual(read(bytes, end - 10, end));
});

test('the same seed and name give the same bytes, another seed or name gives others', () => {
  const bytes = read(new SeededBytes(7, 'a'), 0, 100);
  expect(read(new SeededBytes(7, 'a'), 0, 100)).toEqual(bytes);
  expect(read(new SeededBytes(8, 'a'), 0, 100)).not.toEqual(bytes);
  expect(read(new SeededBytes(7, 'b'), 0, 100)).not.toEqual(bytes);
});

test('the bytes of a seed stay what they are from version to version', () => {
  expect(read(new SeededBytes(1, 'file 1'), 0, 8).toString('hex')).toBe('e7be1b961744433e');
});

test('fractions lie from 0 to 1, are spread evenly and repeat with the seed', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => {
    const fractions = new SeededFractions(seed, 'x');
    return Array.from({ length: 10_000 }, () => fractions.next());
  });
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
  expect(one?.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
  expect(new Set(one).size).toBe(10_000);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const inside = one?.filter((fraction) => Math.floor(fraction * 10) === tenth).length ?? 0;
    expect(inside).toBeGreaterThan(850);
    expect(inside).toBeLessThan(1150);
  }
});
