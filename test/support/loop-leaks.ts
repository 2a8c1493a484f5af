import { expect } from 'vitest';
import {
  EpollSelector,
  EventLoop,
  ManualSelector,
  PollSelector,
  type Coroutine,
  type Selector,
} from '../../src/loop/index.js';
import { expectNothingLeft, openDescriptors } from './left-behind.js';

/** The selectors that ask the operating system. */
export const REAL_SELECTORS = ['epoll', 'poll'] as const;
/** All selectors. */
export const SELECTORS = [...REAL_SELECTORS, 'manual'] as const;

export type SelectorName = (typeof SELECTORS)[number];

/** A selector by its name. */
export function newSelector(name: SelectorName): Selector {
  if (name === 'epoll') return new EpollSelector();
  return name === 'poll' ? new PollSelector() : new ManualSelector();
}

/** A loop on a selector; where that has a clock, on that clock. */
function newLoop(selector: Selector & { readonly now?: () => number }): EventLoop {
  const { now } = selector;
  return new EventLoop(now === undefined ? { selector } : { selector, now });
}

/** Does `body` with a loop of its own, which it must leave with nothing in it, and no descriptor open. */
export function withLoop(
  name: SelectorName,
  body: (loop: EventLoop) => void | PromiseLike<void>,
): Promise<void> {
  return withLoopOn(() => newSelector(name), body);
}

/** The same on a selector that the test looks into. */
export async function withLoopOn<S extends Selector>(
  makeSelector: () => S,
  body: (loop: EventLoop, selector: S) => void | PromiseLike<void>,
): Promise<void> {
  const before = openDescriptors();
  const selector = makeSelector();
  const loop = newLoop(selector);
  try {
    await body(loop, selector);
    expectNothingLeft(loop);
    expect(loop.timeoutMs(), 'something is ready').not.toBe(0);
  } finally {
    loop.close();
  }
  expectSameDescriptors(before);
}

/** Makes passes until it is over. */
export function passUntil(loop: EventLoop, isOver: () => boolean): void {
  while (!isOver()) loop.runOnce();
}

/** Fails unless the descriptors that are open are those that were. */
export function expectSameDescriptors(before: readonly string[]): void {
  expect(openDescriptors(), 'open descriptors').toEqual(before);
}

/** Runs a generator function in a loop of its own, which must have nothing left at the end. */
export async function runOn<T>(name: SelectorName, main: () => Coroutine<T>): Promise<T> {
  const results: T[] = [];
  await withLoop(name, (loop) => {
    try {
      results.push(loop.run(main));
    } finally {
      expectNothingLeft(loop);
    }
  });
  const [result] = results;
  if (result === undefined) throw new Error('a test returns something');
  return result;
}
