import { expect, it } from 'vitest';
import { CallColumns } from '../core/call-columns.js';
import { CallError } from '../core/call-error.js';
import { Recorder } from './recorder.js';

it('notes when a call began, how long it took and how it ended, and passes its answer on', async () => {
  const columns = new CallColumns(2);
  const answers: unknown[] = [];
  const recorder = new Recorder(columns, {
    answered: (index, value) => answers.push([index, value]),
    failedFirst: () => expect.fail(),
  });
  recorder.blocking(() => ({ status: 200, value: 'a' }))(0);
  await recorder.awaiting(async () => ({ status: 201, value: 'b' }))(1);
  expect(answers).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
  expect([...columns.status]).toEqual([200, 201]);
  expect(columns.tally()).toEqual({ begun: 2, ok: 2, failed: 0 });
  const [first = -1, second = -1] = columns.startMs;
  expect(first).toBeGreaterThanOrEqual(0);
  expect(second).toBeGreaterThanOrEqual(first + (columns.durationMs[0] ?? 0));
});

it('turns failures into outcomes, so that the other calls go on, and tells of the first of a kind', async () => {
  const columns = new CallColumns(4);
  const told: string[] = [];
  const recorder = new Recorder(columns, { failedFirst: (code) => told.push(code) });
  const refused = new CallError({
    code: 'HTTP_STATUS',
    message: 'no',
    url: 'http://127.0.0.1/',
    index: 0,
    status: 503,
  });
  const fail = (error: unknown): never => {
    throw error;
  };
  recorder.blocking(() => fail(refused))(0);
  recorder.blocking(() => fail(refused))(1);
  await recorder.awaiting(async () => fail(new Error('anything')))(2);
  await recorder.awaiting(() => fail('not even an error'))(3);
  expect([0, 1, 2, 3].map((index) => columns.outcome(index))).toEqual([
    'HTTP_STATUS',
    'HTTP_STATUS',
    'FAILED',
    'FAILED',
  ]);
  expect(columns.status[0]).toBe(503);
  expect(told).toEqual(['HTTP_STATUS', 'FAILED']);
});

it('notes when the connection and the answer were there, where a result tells so', () => {
  const columns = new CallColumns(2);
  const recorder = new Recorder(columns, { failedFirst: () => expect.fail() });
  const told = { status: 200, value: 'a', connectedMs: 0.5, firstByteMs: 2.5 };
  recorder.blocking(() => told)(0);
  recorder.blocking(() => ({ status: 200, value: 'b' }))(1);
  expect([...columns.connectedMs]).toEqual([0.5, 0]);
  expect([...columns.firstByteMs]).toEqual([2.5, 0]);
});
