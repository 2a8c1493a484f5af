import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { EventLoop, type Work } from '../../src/loop/index.js';
import { expectNothingLeft, openDescriptors } from './left-behind.js';

/** Runs `main` to its end on a loop of its own, blocking, and expects that it leaves nothing behind. */
export function expectCleanRun<T>(main: Extract<Work<T>, () => unknown>): T {
  const loop = new EventLoop();
  try {
    const before = held();
    const result = loop.run(main);
    expectNothingLeft(loop);
    expect(held()).toEqual(before);
    return result;
  } finally {
    loop.close();
  }
}

/** The same with Node's own loop going on. */
export async function expectCleanHosting<T>(main: () => PromiseLike<T>): Promise<T> {
  const loop = new EventLoop();
  try {
    const before = held();
    const result = await loop.host(main);
    expectNothingLeft(loop);
    expect(held()).toEqual(before);
    return result;
  } finally {
    loop.close();
  }
}

/** The children of this process that are there, zombies included. */
export function childrenOfThisProcess(): string[] {
  return readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' '))
    .filter((pid) => pid !== '');
}

function held(): object {
  return { descriptors: openDescriptors(), children: childrenOfThisProcess() };
}
