import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attempt } from './attempt.js';
import { everyOrder } from './every-order.js';

let folder: string;
let attempt: Attempt | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-attempt-'));
});
afterEach(() => {
  attempt?.close();
  rmSync(folder, { recursive: true });
});

async function load(lines: readonly string[]): Promise<Attempt> {
  const file = join(folder, 'exercise.ts');
  writeFileSync(file, `${lines.join('\n')}\n`);
  attempt = new Attempt(file, 10_000);
  await attempt.load();
  return attempt;
}

describe('a watched function', () => {
  it('tells of its calls and returns what it is answered, in whatever order', async () => {
    const learner = await load([
      'export async function both(get: (what: string) => Promise<unknown>) {',
      "  return Promise.all([get('a'), get('b').catch((error: Error) => error.message)]);",
      '}',
    ]);
    const get = learner.watch(() => {});
    const call = learner.call('both', [get]);
    await learner.settled();
    expect(get.waiting.map(({ args }) => args)).toEqual([['a'], ['b']]);
    get.calls[1]?.fail('not b');
    get.calls[0]?.answer({ is: 'a' });
    expect((await call).value).toEqual([{ is: 'a' }, 'not b']);
    expect(get.mostAtOnce).toBe(2);
  });

  it('can be part of an object, and a plain one returns at once', async () => {
    const learner = await load([
      'export function two(tools: { say: (text: string) => void }) {',
      "  tools.say('first');",
      "  setTimeout(() => tools.say('later'), 1);",
      '  return typeof tools.say;',
      '}',
    ]);
    const say = learner.watchPlain(() => {});
    expect((await learner.call('two', [{ say }])).value).toBe('function');
    await learner.settled();
    expect(say.calls.map(({ args, from }) => [args[0], from])).toEqual([
      ['first', expect.any(String)],
      ['later', 'Timeout'],
    ]);
  });

  it('is given up when a signal that it was called with is fired', async () => {
    const learner = await load([
      'export async function one(get: (o: object) => Promise<unknown>, signal: AbortSignal) {',
      '  return get({ signal });',
      '}',
    ]);
    const get = learner.watch(() => {});
    const { signal, abort } = learner.signal();
    const outcome = learner.outcome('one', [get, signal]);
    await learner.settled();
    abort('enough');
    expect((await outcome).threw).toMatchObject({ message: 'enough' });
    expect(get.calls.map(({ isGivenUp }) => isGivenUp)).toEqual([true]);
  });
});

it('many calls may be given up by one signal, without a warning', async () => {
  const learner = await load([
    'export async function many(get: (o: object) => Promise<unknown>, signal: AbortSignal) {',
    '  await Promise.allSettled(Array.from({ length: 20 }, () => get({ signal })));',
    '}',
  ]);
  const get = learner.watch(() => {});
  const { signal, abort } = learner.signal();
  const call = learner.call('many', [get, signal]);
  await learner.settled();
  abort('enough');
  await call;
  expect(get.calls.filter(({ isGivenUp }) => isGivenUp)).toHaveLength(20);
  await learner.looks(4);
  expect(learner.printed).toBe('');
});

describe('what is seen of a call', () => {
  it('is that a thread that is held does not beat, and one that waits does', async () => {
    const learner = await load([
      'export function held() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); }',
      'export async function free() { await new Promise((resolve) => setTimeout(resolve, 200)); }',
      'export function busy() { const end = performance.now() + 200; while (performance.now() < end); }',
    ]);
    const held = await learner.call('held', []);
    const free = await learner.call('free', []);
    const busy = await learner.call('busy', []);
    expect(held.beats).toBe(0);
    expect(held.looks).toBeGreaterThan(5);
    expect(free.beats).toBeGreaterThan(5);
    expect(busy.beats).toBe(0);
    expect(busy.cpuMs).toBeGreaterThan(4 * held.cpuMs);
    expect(held.durationMs).toBeGreaterThanOrEqual(200);
  });

  it('is the line of what it began and did not end', async () => {
    const learner = await load([
      'async function never(): Promise<void> {',
      '',
      '  await new Promise(() => {});',
      '}',
      'export async function starts() {',
      '  void never();',
      '  setInterval(() => {}, 1000);',
      '  await new Promise((resolve) => setTimeout(resolve, 1));',
      '}',
    ]);
    await learner.call('starts', []);
    const open = await learner.open();
    expect(new Set(open.map(({ kind, line }) => `${kind} ${line}`))).toEqual(
      new Set(['PROMISE 1', 'PROMISE 3', 'Timeout 7']),
    );
  });

  it('is who rejected a promise that nobody looks at', async () => {
    const learner = await load([
      "export function lost() { void Promise.reject(new Error('lost')); }",
    ]);
    await learner.call('lost', []);
    await learner.settled();
    expect(learner.unhandled).toEqual(['lost']);
  });
});

describe('every order', () => {
  it('goes each way once', async () => {
    const seen: string[] = [];
    await everyOrder(100, (choose) => {
      const left = ['a', 'b', 'c'];
      let order = '';
      while (left.length > 0) order += left.splice(choose(left.length), 1).join('');
      seen.push(order);
      return Promise.resolve(undefined);
    });
    expect(seen.toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  });

  it('ends at the first that finds something', async () => {
    let runs = 0;
    const found = await everyOrder(100, (choose) => {
      runs += 1;
      return Promise.resolve(choose(10) === 3 ? 'three' : undefined);
    });
    expect([found, runs]).toEqual(['three', 4]);
  });
});
