import { beforeAll, describe, expect, it } from 'vitest';
import { EventLoop } from '../event-loop.js';
import { ManualSelector } from '../selectors/manual-selector.js';
import { sleep } from '../tasks/sleep.js';
import { gather } from '../tasks/task-group.js';
import { Recorder } from './recorder.js';
import { toTraceEvents, type TraceEvent } from './trace-events.js';
import type { LoopRecord } from './record.js';

let record: LoopRecord;
let events: readonly TraceEvent[];
beforeAll(() => {
  const selector = new ManualSelector();
  const recorder = new Recorder({ now: selector.now });
  const loop = new EventLoop({ selector, now: selector.now, instrument: recorder });
  loop.run(function* main() {
    const nap = function* nap() {
      yield* sleep(20);
      selector.advance(3);
    };
    yield* gather([nap, nap]);
  });
  record = recorder.record();
  events = toTraceEvents(record);
});

// What the Trace Event Format (docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU) asks for.
describe('trace events', () => {
  it('have a phase, a time, a process, a track and a name each, and survive JSON as they are', () => {
    for (const event of events) {
      expect('XsfCM').toContain(event.ph);
      expect(event.name).not.toBe('');
      for (const number of [event.ts, event.pid, event.tid]) {
        expect(Number.isFinite(number)).toBe(true);
        expect(number).toBeGreaterThanOrEqual(0);
      }
    }
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it('are in the order of their times, which are microseconds', () => {
    const times = events.map((event) => event.ts);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const select = events.find(
      (event) => event.name === 'select' && event.args?.['timeoutMs'] === 20,
    );
    expect(select?.dur).toBe(20_000);
  });

  it('have a duration of at least 0 where they are spans, and only there', () => {
    for (const { ph, dur } of events) {
      if (ph === 'X') expect(dur).toBeGreaterThanOrEqual(0);
      else expect(dur).toBeUndefined();
    }
  });

  it('nest: on one track a span lies within another or beside it', () => {
    for (const track of new Set(events.map((event) => event.tid))) {
      const open: number[] = [];
      for (const { ph, ts, dur = 0, tid } of events) {
        if (ph !== 'X' || tid !== track) continue;
        while ((open.at(-1) ?? Infinity) <= ts) open.pop();
        expect(ts + dur).toBeLessThanOrEqual(open.at(-1) ?? Infinity);
        open.push(ts + dur);
      }
    }
  });

  it('have arrows in pairs, forward in time, each end within a span of its track', () => {
    const begins = events.filter((event) => event.ph === 's');
    const ends = new Map(events.filter((event) => event.ph === 'f').map((end) => [end.id, end]));
    expect(begins).toHaveLength(record.runs.filter((run) => run.cause !== undefined).length);
    expect(ends.size).toBe(begins.length);
    const within = ({ ts, tid }: TraceEvent): boolean =>
      events.some(
        (span) =>
          span.ph === 'X' && span.tid === tid && span.ts <= ts && ts <= span.ts + (span.dur ?? 0),
      );
    for (const begin of begins) {
      const end = ends.get(begin.id);
      expect(end).toMatchObject({ bp: 'e', cat: begin.cat, name: begin.name });
      expect(end?.ts).toBeGreaterThanOrEqual(begin.ts);
      expect(within(begin)).toBe(true);
      expect(end !== undefined && within(end)).toBe(true);
    }
  });

  it('name each track, and have counters for each pass', () => {
    const names = events.filter((event) => event.ph === 'M').map((event) => event.args?.['name']);
    expect(names[0]).toBe('event loop');
    expect(names).toHaveLength(1 + record.tasks.length);
    expect(names[1]).toMatch(/^task \d+ main$/);
    expect(events.filter((event) => event.ph === 'C')).toHaveLength(3 * record.passes.length);
  });
});
