import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.js';

describe('a queue of bytes', () => {
  it('gives out what came in, however it is cut', () => {
    const steps = fc.array(
      fc.record({ bytes: fc.uint8Array({ maxLength: 9000 }), take: fc.nat(9000) }),
    );
    fc.assert(
      fc.property(steps, (cuts) => {
        const queue = new ByteQueue();
        const taken: Uint8Array[] = [];
        for (const { bytes, take } of cuts) {
          queue.append(Buffer.from(bytes), bytes.length);
          taken.push(queue.take(Math.min(take, queue.length)));
        }
        taken.push(queue.take(queue.length));
        expect(queue.length).toBe(0);
        const all = Buffer.concat(cuts.map(({ bytes }) => bytes));
        expect(Buffer.concat(taken).equals(all)).toBe(true);
      }),
    );
  });

  it('copies what it takes in and gives out', () => {
    const queue = new ByteQueue();
    const bytes = Buffer.from('abcdef');
    queue.append(bytes, 4);
    bytes.fill(0);
    const taken = queue.take(2);
    queue.append(Buffer.from('e'), 1);
    taken.fill(0);
    expect(queue.take(3).toString()).toBe('cde');
  });

  it('finds a delimiter from a position on, counted from the first byte', () => {
    const queue = new ByteQueue();
    queue.append(Buffer.from('xxa,b,c'), 7);
    queue.take(2);
    const comma = Buffer.from(',');
    expect([-5, 0, 1, 2, 4].map((from) => queue.indexOf(comma, from))).toEqual([1, 1, 1, 3, -1]);
  });

  it('costs four times as much for four times as many bytes, taken one at a time', () => {
    takeOneByOne(100_000);
    const small = fastest(() => takeOneByOne(100_000));
    const large = fastest(() => takeOneByOne(400_000));
    // Sixteen times, if every take moved what is behind.
    expect(large / small).toBeLessThan(12);
  });

  it('costs four times as much for four times as many bytes, appended as fast as taken', () => {
    const small = fastest(() => passThrough(20_000, 20_000));
    const large = fastest(() => passThrough(80_000, 80_000));
    expect(large / small).toBeLessThan(12);
  });
});

function takeOneByOne(length: number): void {
  const queue = new ByteQueue();
  queue.append(Buffer.alloc(length), length);
  while (queue.length > 0) queue.take(1);
}

function passThrough(held: number, rounds: number): void {
  const queue = new ByteQueue();
  const one = Buffer.alloc(1);
  queue.append(Buffer.alloc(held), held);
  // Almost as many as there is room for, so that making room is what it is about.
  queue.append(Buffer.alloc(held), held - 1);
  for (let round = 0; round < rounds; round += 1) {
    queue.append(one, 1);
    queue.take(1);
  }
}

function fastest(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return Math.min(...times);
}
