import { describe, expect, it } from 'vitest';
import { EventLoop } from '../event-loop.js';
import { ManualSelector } from '../selectors/manual-selector.js';
import { READ } from '../selectors/selector.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { sleep } from '../tasks/sleep.js';
import { gather } from '../tasks/task-group.js';
import { startTask } from '../tasks/task.js';
import { combine } from './combine.js';
import type { Instrument } from './instrument.js';
import type { LoopRecord } from './record.js';
import { Recorder, type RecorderOptions } from './recorder.js';

/** A loop on a manual clock that a recorder looks at, with a clock of its own that never stands still. */
function watched(options: RecorderOptions = {}, ...others: readonly Instrument[]) {
  const selector = new ManualSelector();
  let looks = 0;
  const now = (): number => {
    looks += 1;
    return selector.now() + looks * 1e-6;
  };
  const recorder = new Recorder({ now, ...options });
  const instrument = combine(recorder, ...others);
  const loop = new EventLoop({ selector, now: selector.now, instrument });
  return { selector, recorder, loop };
}

function* worker(loop: EventLoop, steps: number): Coroutine<number> {
  for (let step = 0; step < steps; step += 1) {
    loop.callSoon(() => {});
    loop.callSoon(() => {}).cancel();
    yield* sleep(step * 10);
  }
  return steps;
}

function recordBusyRun(
  options: RecorderOptions = {},
  ...others: readonly Instrument[]
): LoopRecord {
  const { loop, recorder, selector } = watched(options, ...others);
  loop.run(function* busy() {
    selector.setReadiness(7, READ);
    const reader = loop.addReader(7, () => reader.cancel());
    const left = startTask(() => worker(loop, 2), { name: 'left' });
    yield* gather([() => worker(loop, 3), () => worker(loop, 5)]);
    yield* left;
    loop.callLater(1000, () => {}).cancel();
  });
  return recorder.record();
}

describe('a record', () => {
  it('has for every run one place in line, one beginning and one end, in this order', () => {
    const { runs } = recordBusyRun();
    expect(runs.length).toBeGreaterThan(30);
    expect(new Set(runs.map((run) => run.id)).size).toBe(runs.length);
    for (const run of runs) {
      expect(run.enqueuedMs).toBeLessThan(run.startedMs);
      expect(run.startedMs).toBeLessThan(run.endedMs);
      expect(run.threw).toBe(false);
    }
  });

  it('has times that only grow: one run at a time, one pass after another', () => {
    const { runs, passes } = recordBusyRun();
    for (const things of [runs, passes]) {
      things.slice(1).forEach((thing, index) => {
        expect(thing.startedMs).toBeGreaterThanOrEqual(things[index]?.endedMs ?? 0);
      });
    }
    for (const pass of passes) {
      expect(pass.frozenMs).toBeGreaterThanOrEqual(pass.startedMs + pass.asleepMs);
      expect(pass.endedMs).toBeGreaterThanOrEqual(pass.frozenMs);
    }
  });

  it('has causes that came before what they caused, and so no circle', () => {
    const { runs } = recordBusyRun();
    const byId = new Map(runs.map((run) => [run.id, run]));
    const caused = runs.filter((run) => run.cause !== undefined);
    // All but the first step of the main task.
    expect(caused).toHaveLength(runs.length - 1);
    for (const run of caused) {
      expect(run.cause).toBeLessThan(run.id);
      expect(byId.get(run.cause ?? 0)?.startedMs).toBeLessThan(run.enqueuedMs);
    }
  });

  it('says which run set a timer and which timer woke a task', () => {
    const { loop, recorder } = watched();
    loop.run(function* main() {
      yield* sleep(5);
    });
    const { runs } = recorder.record();
    expect(runs.map(({ id, kind, taskName, cause }) => [id, kind, taskName, cause])).toEqual([
      [1, 'step', 'main', undefined],
      [2, 'timer', undefined, 1],
      [3, 'step', 'main', 2],
    ]);
  });

  it('replayed, has as many in line at each freeze as the loop had', () => {
    const seen: number[] = [];
    let inLine = 0;
    const counter: Instrument = {
      handleEnqueued: () => {
        inLine += 1;
      },
      phaseEnded: (phase) => {
        if (phase !== 'due timers to the ready queue') return;
        seen.push(inLine);
        inLine = 0;
      },
    };
    const { passes, runs } = recordBusyRun({}, counter);
    expect(passes.map((pass) => pass.ready)).toEqual(seen);
    const replayed = passes.map(
      (pass) => runs.filter((run) => run.pass === pass.number).length + pass.cancelled,
    );
    expect(replayed).toEqual(seen);
    // By the times alone: who had got in line and not begun when the batch was frozen, but for those that never ran.
    const waiting = passes.map(
      ({ frozenMs }) =>
        runs.filter((run) => run.enqueuedMs < frozenMs && run.startedMs > frozenMs).length,
    );
    expect(waiting).toEqual(passes.map((pass) => pass.ready - pass.cancelled));
  });

  it('counts timers, tasks and descriptors at each freeze', () => {
    const { passes } = recordBusyRun();
    expect(passes[1]).toMatchObject({ tasks: 3, watched: 1, events: 1, timers: 0 });
    expect(Math.max(...passes.map((pass) => pass.timers))).toBe(3);
  });

  it('has each task with its parent, its steps and its end', () => {
    const { tasks } = recordBusyRun();
    expect(tasks.map((task) => task.name)).toEqual(['busy', 'left', 'gather', 'task', 'task']);
    const [busy, left, group, first] = tasks;
    expect(busy?.parent).toBeUndefined();
    expect(left?.parent).toBe(busy?.id);
    expect(first?.parent).toBe(group?.id);
    expect(left?.steps).toBe(3);
    for (const task of tasks) expect(task.exitedMs).toBeGreaterThan(task.spawnedMs);
  });
});

describe('an error thrown in a callback', () => {
  it('ends its run in the record, and the next one is told apart from it', () => {
    const { loop, recorder } = watched();
    const run = (): void =>
      loop.run(function* main() {
        loop.callSoon(() => {
          throw new Error('broken');
        });
        yield* new Future<void>(loop);
      });
    expect(run).toThrow('broken');
    const { runs, totals } = recorder.record();
    expect(runs.map(({ kind, threw }) => [kind, threw])).toEqual([
      ['step', false],
      ['callback', true],
      ['step', false],
    ]);
    expect(runs[1]?.endedMs).toBeGreaterThan(runs[1]?.startedMs ?? Infinity);
    expect(totals.runs).toMatchObject({ step: 2, callback: 1 });
  });
});

describe('memory', () => {
  it('is bounded: the first are kept, the others counted, and the sums are exact', () => {
    const full = recordBusyRun();
    const short = recordBusyRun({ limit: 4 });
    expect(short.runs).toEqual(
      full.runs.slice(0, 4).map((run) => expect.objectContaining({ id: run.id })),
    );
    expect([short.passes.length, short.tasks.length]).toEqual([4, 4]);
    expect(short.dropped).toEqual({
      runs: full.runs.length - 4,
      passes: full.passes.length - 4,
      tasks: full.tasks.length - 4,
    });
    expect(short.totals).toMatchObject({
      passes: full.passes.length,
      runs: full.totals.runs,
      tasks: full.tasks.length,
      cancelled: full.totals.cancelled,
    });
  });
});

describe('a recorder of several loops', () => {
  it('sees one after another, and takes nothing that was left in the first for the second', () => {
    const first = watched();
    first.loop.run(function* main() {
      yield* sleep(0);
      first.loop.callSoon(() => {});
    });
    const selector = new ManualSelector();
    const second = new EventLoop({ selector, now: selector.now, instrument: first.recorder });
    second.run(function* main() {
      yield* sleep(1);
    });
    const { passes, totals } = first.recorder.record();
    expect(passes.map((pass) => pass.ready)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(totals.cancelled).toBe(0);
  });
});

describe('native code', () => {
  it('that was woken by a run causes what it asks for next', async () => {
    const { loop, recorder } = watched();
    await loop.host(async () => {
      await sleep(5);
      await sleep(7);
    });
    const { runs } = recorder.record();
    expect(runs.map(({ id, kind, cause }) => [id, kind, cause])).toEqual([
      [1, 'timer', undefined],
      [2, 'step', 1],
      [3, 'timer', 2],
      [4, 'step', 3],
    ]);
  });

  it('runs outside the passes, and the parts of the wall time still make up the whole', async () => {
    const { loop, recorder } = watched();
    await loop.host(async () => {
      await sleep(5);
    });
    const { wallMs, outsideMs, asleepMs, callbacksMs } = recorder.record().totals;
    expect(wallMs).toBeGreaterThan(5);
    expect(outsideMs).toBeGreaterThan(4.9);
    expect(outsideMs + asleepMs + callbacksMs).toBeLessThan(wallMs);
  });
});
