import { expect, it } from 'vitest';
import { CallColumns } from './call-columns.js';

it('shows one thread what another wrote, through the shared buffer', () => {
  const writer = new CallColumns(3);
  const reader = new CallColumns(3, writer.buffer);
  writer.begin(0, 1.5);
  writer.begin(2, 2);
  writer.reach(0, 0.25, 9.5);
  writer.end(0, 11.5, 200);
  writer.end(2, 12.25, 500, 'HTTP_STATUS');
  expect([0, 1, 2].map((index) => reader.outcome(index))).toEqual([
    'ok',
    'not started',
    'HTTP_STATUS',
  ]);
  expect([...reader.startMs]).toEqual([1.5, 0, 2]);
  expect([...reader.durationMs]).toEqual([10, 0, 10.25]);
  expect(reader.moments(0)).toEqual({ connectedMs: 0.25, firstByteMs: 9.5 });
  expect(reader.moments(2)).toBeUndefined();
  expect([...reader.status]).toEqual([200, 0, 500]);
  expect(reader.tally()).toEqual({ begun: 2, ok: 1, failed: 1 });
});

it('tells a call in flight from one that has not begun', () => {
  const columns = new CallColumns(2);
  columns.begin(1, 0);
  expect([columns.outcome(0), columns.outcome(1)]).toEqual(['not started', 'in flight']);
});

it('keeps the moments of a call within the call, though it keeps them with fewer digits', () => {
  const columns = new CallColumns(1);
  columns.begin(0, 0);
  columns.reach(0, 200.123456789, 200.123456789);
  columns.end(0, 200.123456789, 200);
  expect(columns.moments(0)?.firstByteMs).toBeLessThanOrEqual(200.123456789);
  expect(columns.firstByteMs[0]).toBeGreaterThan(200.123456789);
});
