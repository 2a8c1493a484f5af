import { BlockingConnections } from '../clients/blocking-connections.js';
import { toRequest, type CallOptions, type HttpRequest } from '../clients/call-options.js';
import { Connections } from '../clients/connections.js';
import type { TaskDescription } from '../core/run.js';
import type { BlockingTask, Task } from './task.js';

/** One HTTP call as a task: plain data that any thread can open. */
export interface HttpTaskSpec {
  readonly kind: 'http';
  readonly request: HttpRequest;
}

/**
 * The task of calling `url` once.
 *
 * @throws {UsageError} when the address or an option cannot be used.
 */
export function httpTask(url: string, options: CallOptions = {}): HttpTaskSpec {
  return { kind: 'http', request: toRequest(url, options) };
}

/** The task as a report shows it; the headers, which may hold secrets, are left out. */
export function describeTask({ request }: HttpTaskSpec): TaskDescription {
  return { kind: 'http', url: request.url, method: request.method };
}

/** Opens the task for calls that leave the thread free, with a connection for each call in flight. */
export function openTask({ request }: HttpTaskSpec): Task {
  const connections = new Connections();
  return {
    call: (index) => connections.call(request, index),
    within: (work) => work(),
    connecting: () => connections.connecting(),
    close: () => void connections.close(),
  };
}

/** Opens the task for calls that block the thread, with one connection. */
export function openBlockingTask({ request }: HttpTaskSpec): BlockingTask {
  const connections = new BlockingConnections();
  return {
    call: (index) => connections.call(request, index),
    connecting: () => connections.connecting(),
  };
}
