import { isIP } from 'node:net';
import { LwasyncError } from '../../core/errors.js';
import { currentHost, currentLoop } from '../tasks/running.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { toFuture } from '../tasks/to-coroutine.js';
import { runInThread } from '../threads/run-in-thread.js';
import { lookUp, type LookUp } from './look-up-thread.js';

const LOOK_UP_MODULE = new URL('./look-up-thread.js', import.meta.url);

/** A host name has no address, or nobody could be asked. `code` is the one of getaddrinfo: `ENOTFOUND`, `EAI_AGAIN`. */
export class NameError extends LwasyncError {
  readonly code: string;

  constructor(name: string, code: string) {
    super(`the name ${name} could not be resolved to an address (${code})`);
    this.code = code;
  }
}

/**
 * The numeric addresses of a host name, in the order in which the system wants them tried; at least one. The lookup, which
 * blocks, is done on another thread: Node's pool where Node's loop runs, one of our own where it does not. Fails with a
 * `NameError`.
 */
export function* resolveName(name: string): Coroutine<string[]> {
  if (isIP(name) !== 0) return [name];
  const found = yield* currentHost() === 'node'
    ? toFuture(currentLoop(), lookUp(name))
    : runInThread<LookUp>(LOOK_UP_MODULE, 'lookUp', [name]);
  if ('code' in found) throw new NameError(name, found.code);
  return found.addresses;
}
