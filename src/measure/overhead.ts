import { CallColumns } from '../core/call-columns.js';
import type { CallLog } from '../core/call-log.js';
import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';
import { Recorder } from './recorder.js';

const CALLS = 10_000;

/** What recording one call in a log costs, measured with calls that do nothing, in milliseconds. */
export function timeRecording(
  newLog: (calls: number) => CallLog = (calls) => new CallColumns(calls),
): Milliseconds {
  const nothing = { status: 0, value: undefined };
  let best = Number.POSITIVE_INFINITY;
  // The first round is compiled while it runs; the best of three is what a long run pays.
  for (let round = 0; round < 3; round += 1) {
    const recorder = new Recorder(newLog(CALLS), { failedFirst: () => {} });
    const once = recorder.blocking(() => nothing);
    const began = monotonicNow();
    for (let index = 0; index < CALLS; index += 1) once(index);
    best = Math.min(best, monotonicNow() - began);
  }
  return best / CALLS;
}
