import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import {
  EpollSelector,
  EventLoop,
  type Future,
  PollSelector,
  type Coroutine,
  type Selector,
} from '../../src/loop/index.js';
import { expectNothingLeft, openDescriptors } from './left-behind.js';

/** A loop of one kind in one host. */
export interface Setting {
  readonly name: string;
  readonly makeSelector: () => Selector;
  readonly host: 'run' | 'host';
}

/** What a program has that says nothing else. */
export const EPOLL_ALONE: Setting = {
  name: 'epoll, alone',
  makeSelector: () => new EpollSelector(),
  host: 'run',
};

/** Both selectors in both hosts. */
export const settings: readonly Setting[] = [
  EPOLL_ALONE,
  { name: 'epoll, within Node', makeSelector: () => new EpollSelector(), host: 'host' },
  { name: 'poll, alone', makeSelector: () => new PollSelector(), host: 'run' },
  { name: 'poll, within Node', makeSelector: () => new PollSelector(), host: 'host' },
];

/** Runs a test as the main task of a loop of its own, and looks for what it left behind. */
export type Check = (main: (loop: EventLoop) => Coroutine<void>) => Promise<void>;

/** Describes the same tests for every kind of loop and both hosts. */
export function inEverySetting(
  what: string,
  tests: (expectClean: Check, setting: Setting) => void,
): void {
  describe.each(settings)(`${what} ($name)`, (setting) => {
    tests((main) => runChecked(setting, main), setting);
  });
}

/** Runs `main` and expects that no descriptor, timer, watch or task of it is left. */
export async function runChecked(
  { makeSelector, host }: Omit<Setting, 'name'>,
  main: (loop: EventLoop) => Coroutine<void>,
  afterwards: () => Promise<void> = async () => {},
): Promise<void> {
  const before = descriptorKinds();
  const loop = new EventLoop({ selector: makeSelector() });
  try {
    if (host === 'run') loop.run(() => main(loop));
    else await loop.host(() => main(loop));
    expectNothingLeft(loop);
  } finally {
    loop.close();
  }
  await afterwards();
  await expectDescriptors(before);
}

/** How many descriptors of each kind this process has open; the numbers of sockets are others each time. */
function descriptorKinds(): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const descriptor of openDescriptors()) {
    const kind = descriptor.replace(/^\d+ /, '').replace(/:\[\d+\]$/, '');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

// Threads that are on their way out take their descriptors with them, some turns later.
const TURNS = 20_000;

/** Expects that there are no more descriptors of any kind than before. */
async function expectDescriptors(before: ReadonlyMap<string, number>): Promise<void> {
  let added = addedTo(before);
  for (let turns = 0; added.length > 0 && turns < TURNS; turns += 1) {
    await turn();
    added = addedTo(before);
  }
  expect(added).toEqual([]);
}

/** Expects that waiting for something throws an error of a class, and returns it. */
export function* failureOf<Failure extends Error>(
  work: Future<unknown> | (() => Coroutine<unknown> | Future<unknown>),
  kind: abstract new (...words: never[]) => Failure,
): Coroutine<Failure> {
  try {
    const begun = typeof work === 'function' ? work() : work;
    yield* begun;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`expected a ${kind.name}, and nothing was thrown`);
}

/** A folder for Unix sockets that is gone at the end, with a short name: paths of sockets have at most 107 bytes. */
export function* withFolder(work: (folder: string) => Coroutine<void>): Coroutine<void> {
  const folder = mkdtempSync(join(tmpdir(), 's-'));
  try {
    yield* work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Node leaves a module's file open when a thread is terminated while it loads the module.
function addedTo(before: ReadonlyMap<string, number>): (readonly [string, number])[] {
  const now = [...descriptorKinds()];
  return now
    .map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const)
    .filter(([kind, count]) => count > 0 && !/\.[cm]?js$/.test(kind));
}
