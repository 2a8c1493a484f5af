import { expect, it } from 'vitest';
import { queueMsOf } from './server-timing.js';

it.each([
  ['queue;dur=1.234, wait;dur=200.1', 1.234],
  ['wait;dur=200,queue;dur=0', 0],
  ['db;dur=5, queue ; desc="in line, please" ; dur=12', 12],
  ['queue;dur="7.5"', 7.5],
  ['queue;DUR=3', 3],
  ['queue;dur=3;dur=9', 3],
  ['queue, queue;dur=4', 4],
])('%s: %d ms in the queue', (header, expected) => {
  expect(queueMsOf(header)).toBe(expected);
});

it.each([
  '',
  'queue',
  'wait;dur=200.1',
  'the-queue;dur=5',
  'queues;dur=5',
  'queue;dur=soon',
  'queue;dur=-5',
  'queue;dur=1e3',
  'queue;duration=5',
  'queue, wait;dur=5',
  'a;desc="x, queue;dur=5"',
])('%j says nothing of a queue', (header) => {
  expect(queueMsOf(header)).toBeUndefined();
});

it('reads a long header of nearly right parts in no time', () => {
  const header = `queue${'; dur '.repeat(5000)}${', queue ;'.repeat(5000)}${' '.repeat(10_000)}`;
  expect(queueMsOf(header)).toBeUndefined();
});
