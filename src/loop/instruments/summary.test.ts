import { expect, it } from 'vitest';
import { EventLoop } from '../event-loop.js';
import { ManualSelector } from '../selectors/manual-selector.js';
import { sleep } from '../tasks/sleep.js';
import { Recorder } from './recorder.js';
import { describeRun, summarize, type LoopSummary } from './summary.js';

function summaryOf(options: { readonly limit?: number } = {}): LoopSummary {
  const selector = new ManualSelector();
  const recorder = new Recorder({ now: selector.now, places: true, ...options });
  const loop = new EventLoop({ selector, now: selector.now, instrument: recorder });
  loop.run(function* main() {
    yield* sleep(50);
    loop.callLater(10, () => selector.advance(5));
    selector.advance(30);
    yield* sleep(100);
  });
  return summarize(recorder.record());
}

it('a summary divides the wall time into asleep, callbacks, the loop and what is outside', () => {
  const summary = summaryOf();
  expect(summary).toMatchObject({
    wallMs: 180,
    asleepMs: 145,
    callbacksMs: 35,
    loopMs: 0,
    outsideMs: 0,
    callbacks: 6,
    tasksStarted: 1,
    timersFired: 3,
    dropped: 0,
  });
  // The second was due in the midst of the 30 ms.
  expect(summary.lateness?.maxMs).toBe(20);
  expect(summary.lateness?.meanMs).toBeCloseTo(20 / 3);
  expect(summary.longest).toMatchObject({ kind: 'step', taskName: 'main', startedMs: 50 });
  expect(summary.longest?.place).toContain('summary.test.ts:');
});

it('a summary is as exact when hardly anything was kept', () => {
  const full = summaryOf();
  const longest = { ...full.longest, task: expect.any(Number) };
  expect(summaryOf({ limit: 1 })).toEqual({ ...full, longest, dropped: 5 });
});

it('a run is described by its task, or by its kind and the name of its function', () => {
  expect(describeRun({ kind: 'step', name: '', taskName: 'main' })).toBe('a step of the task main');
  expect(describeRun({ kind: 'step', name: 'settle', taskName: undefined })).toBe(
    'native code that awaits',
  );
  expect(describeRun({ kind: 'timer', name: '', taskName: undefined })).toBe('a timer');
  expect(describeRun({ kind: 'callback', name: 'flush', taskName: undefined })).toBe(
    'the callback flush',
  );
  expect(describeRun({ kind: 'reader', name: '', taskName: undefined })).toBe(
    "a reader's callback",
  );
});
