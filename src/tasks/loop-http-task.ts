import { LoopConnections, whyNotSpoken } from '../clients/loop-connections.js';
import { EventLoop } from '../loop/event-loop.js';
import type { HttpTaskSpec } from './http-task.js';
import type { Task } from './task.js';

/** Why the task cannot be done on our own event loop, as a sentence; `undefined` when it can. */
export function whyNotOnLoop({ request }: HttpTaskSpec): string | undefined {
  return EventLoop.unavailable() ?? whyNotSpoken(request);
}

/** Opens the task for calls on our own event loop, with a connection for each call in flight. */
export function openLoopTask({ request }: HttpTaskSpec): Task {
  const loop = new EventLoop();
  const connections = new LoopConnections(loop);
  return {
    call: (index) => connections.call(request, index),
    within: (work) => loop.host(work),
    connecting: () => connections.connecting(),
    close: () => connections.close(),
  };
}
