import { setMaxListeners } from 'node:events';

/** Gives up all calls of a task at once, however many listen to its signal: Node warns of a leak from the eleventh on. */
export function sharedAbort(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
