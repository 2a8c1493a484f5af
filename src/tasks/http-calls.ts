import { BlockingConnections, timeBlockingBridge } from '../clients/blocking-connections.js';
import { Connections } from '../clients/connections.js';
import type { HttpTaskSpec } from './http-task.js';
import type { BlockingTask, Task } from './task.js';

/** Opens the task for calls that leave the thread free, with a connection for each call in flight. */
export function openHttpTask({ request }: HttpTaskSpec): Task {
  const connections = new Connections();
  return {
    call: (index) => connections.call(request, index),
    within: (work) => work(),
    connecting: () => connections.connecting(),
    close: () => void connections.close(),
  };
}

/** Opens the task for calls that block the thread, with one connection. */
export function openBlockingHttpTask({ request }: HttpTaskSpec): BlockingTask {
  const connections = new BlockingConnections();
  return {
    call: (index) => connections.call(request, index),
    connecting: () => connections.connecting(),
    timeBridge: timeBlockingBridge,
  };
}
