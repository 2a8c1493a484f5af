import { expect } from 'vitest';
import * as asynchronous from '../../src/clients/asynchronous.js';
import type { CallOptions } from '../../src/clients/call-options.js';
import * as onLoop from '../../src/clients/on-loop.js';
import * as synchronous from '../../src/clients/synchronous.js';
import { EventLoop } from '../../src/loop/event-loop.js';
import type { Coroutine } from '../../src/loop/tasks/coroutine.js';

/** A client behind the face that all of them have here. */
export interface AnyClient {
  readonly one: (url: string, options?: CallOptions) => Promise<unknown>;
  readonly many: (n: number, url: string, options?: CallOptions) => Promise<unknown[]>;
}

/** The clients that use Node's HTTP library. */
export const CLIENTS_OF_NODE: Readonly<Record<string, AnyClient>> = {
  synchronous: {
    one: async (url: string, options: CallOptions = {}) => synchronous.makeOneCall(url, options),
    many: async (n: number, url: string, options: CallOptions = {}) =>
      synchronous.makeManyCalls(n, url, options),
  },
  asynchronous: { one: asynchronous.makeOneCall, many: asynchronous.makeManyCalls },
};

/** All clients, so that one suite holds for all. */
export const EVERY_CLIENT: Readonly<Record<string, AnyClient>> = {
  ...CLIENTS_OF_NODE,
  'asynchronous, on our own loop': { one: onLoop.makeOneCall, many: onLoop.makeManyCalls },
  'asynchronous, on our own loop that blocks the thread': {
    one: async (url: string, options: CallOptions = {}) =>
      blocking(() => onLoop.oneCall(url, options)),
    many: async (n: number, url: string, options: CallOptions = {}) =>
      blocking(() => onLoop.manyCalls(n, url, options)),
  },
};

/** Runs `main` on our own loop, the thread blocked meanwhile. */
export function blocking<T>(main: () => Coroutine<T>): T {
  const loop = new EventLoop();
  try {
    return loop.run(main);
  } finally {
    loop.close();
  }
}

/** What an attempt fails with; that it does not is a failure of the test. */
export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    (value) => expect.fail(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}
