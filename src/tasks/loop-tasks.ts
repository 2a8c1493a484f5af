import { LoopConnections, whyNotSpoken } from '../clients/loop-connections.js';
import { EventLoop } from '../loop/event-loop.js';
import { sleep } from '../loop/tasks/sleep.js';
import type { Future } from '../loop/tasks/future.js';
import type { HttpTaskSpec } from './http-task.js';
import type { SleepTaskSpec } from './sleep-task.js';
import type { Task } from './task.js';

/** A task that our own event loop can do. */
export type LoopTaskSpec = HttpTaskSpec | SleepTaskSpec;

/** Why the task cannot be done on our own event loop here, as a sentence; `undefined` when it can. */
export function whyNotOnLoop(spec: LoopTaskSpec): string | undefined {
  return EventLoop.unavailable() ?? (spec.kind === 'http' ? whyNotSpoken(spec.request) : undefined);
}

/** Opens the task on an event loop of our own. */
export function openLoopTask(spec: LoopTaskSpec): Task {
  const loop = new EventLoop();
  return spec.kind === 'http' ? onConnections(loop, spec) : sleeping(loop, spec);
}

// A connection for each call in flight.
function onConnections(loop: EventLoop, { request }: HttpTaskSpec): Task {
  const connections = new LoopConnections(loop);
  return {
    call: (index) => connections.call(request, index),
    within: (work) => loop.host(work),
    connecting: () => connections.connecting(),
    close: () => connections.close(),
  };
}

function sleeping(loop: EventLoop, { durationMs }: SleepTaskSpec): Task {
  const asleep = new Set<Future<void>>();
  return {
    call: async () => {
      const waking = sleep(durationMs);
      asleep.add(waking);
      try {
        await waking;
      } finally {
        asleep.delete(waking);
      }
      return { status: 0, value: undefined };
    },
    within: (work) => loop.host(work),
    connecting: () => ({ connections: 0, durationMs: 0 }),
    close: () => {
      for (const waking of asleep) waking.cancel();
    },
  };
}
