import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attempt } from './attempt.js';
import { everyOrder } from './every-order.js';
import { startWatchedServer } from './watched-server.js';

let folder: string;
let attempt: Attempt | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lwasync-attempt-'));
});
afterEach(() => {
  attempt?.close();
  rmSync(folder, { recursive: true });
});

async function load(lines: readonly string[], limitMs = 10_000): Promise<Attempt> {
  const file = join(folder, 'exercise.ts');
  writeFileSync(file, `${lines.join('\n')}\n`);
  attempt = new Attempt(file, folder, limitMs);
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

  it('waits for one answer, once, and tells how many waited together', async () => {
    const learner = await load([
      'export async function ask(get: () => Promise<unknown>, say: () => void) {',
      '  say();',
      '  const first = await get();',
      '  return [first, ...(await Promise.all([get(), get()]))];',
      '}',
    ]);
    const get = learner.watch((call) => {
      call.answer(call.index);
      call.answer('again');
      call.fail('and again');
    });
    const say = learner.watchPlain(() => {});
    const held = learner.watch(() => {});
    expect((await learner.call('ask', [get, say])).value).toEqual([0, 1, 2]);
    void learner.call('ask', [held, say]);
    await learner.settled();
    for (const answer of ['first', 'twice']) held.calls[0]?.answer(answer);
    await learner.settled();
    expect([held.waiting.length, held.mostAtOnce]).toEqual([2, 2]);
    expect([get.mostAtOnce, say.calls.length, say.mostAtOnce]).toEqual([1, 2, 0]);
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
    expect(say.calls.map(({ args, caller }) => [args[0], caller.from])).toEqual([
      ['first', expect.any(String)],
      ['later', 'Timeout'],
    ]);
  });

  it('is the same one in every call, and so is an object of such functions', async () => {
    const learner = await load([
      'const kept: unknown[] = [];',
      'export function keep(...things: unknown[]) {',
      '  const known = things.map((thing) => kept.includes(thing));',
      '  kept.push(...things);',
      '  return known;',
      '}',
    ]);
    const [read, write] = [learner.watch(() => {}), learner.watch(() => {})];
    const known = async (...args: readonly unknown[]): Promise<unknown> =>
      (await learner.call('keep', args)).value;
    expect(await known(read, { read, write }, { read, size: 1 })).toEqual([false, false, false]);
    expect(await known(read, { read, write }, { read, size: 1 })).toEqual([true, true, false]);
    expect(await known(write, { write, read }, { read })).toEqual([false, false, false]);
  });

  it('is seen after all that was told before it settled', async () => {
    const learner = await load(['export async function soon() { await undefined; }']);
    let isSeen = false;
    void learner.call('soon', []).then(() => (isSeen = true));
    const settled = learner.settled();
    await new Promise(setImmediate);
    // Both are told while this thread is held, and come together.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    await settled;
    expect(isSeen).toBe(true);
  });

  it('tells of the callback of the loop that a promise reaction runs after', async () => {
    const learner = await load([
      "import { stat } from 'node:fs/promises';",
      'export async function after(say: (text: string) => void, path: string) {',
      '  await undefined;',
      "  say('the call');",
      '  await stat(path);',
      "  say('I/O');",
      '  await new Promise((resolve) => setImmediate(resolve));',
      "  say('an immediate');",
      '}',
    ]);
    const say = learner.watchPlain(() => {});
    await learner.call('after', [say, folder]);
    expect(say.calls.map(({ caller: { from, turn } }) => [from, turn])).toEqual([
      ['PROMISE', ''],
      ['PROMISE', 'FSREQPROMISE'],
      ['PROMISE', 'Immediate'],
    ]);
  });

  it('counts microtasks and ticks as part of the turn that they run after', async () => {
    const learner = await load([
      'export async function after(say: (text: string) => void) {',
      '  await new Promise<void>((resolve) => setImmediate(() => {',
      "    process.nextTick(() => say('tick'));",
      "    queueMicrotask(() => { say('microtask'); resolve(); });",
      '  }));',
      '}',
    ]);
    const say = learner.watchPlain(() => {});
    await learner.call('after', [say]);
    expect(say.calls.map(({ args: [what], caller: { from, turn } }) => [what, from, turn])).toEqual(
      [
        ['tick', 'TickObject', 'Immediate'],
        ['microtask', 'Microtask', 'Immediate'],
      ],
    );
  });

  it('tells when what a call comes from was set, and in which pass of the loop it comes', async () => {
    const learner = await load([
      "import { stat } from 'node:fs';",
      'export function speak(say: (text: string) => void, path: string) {',
      "  setTimeout(() => say('beside'), 100);",
      '  queueMicrotask(() => process.nextTick(() => say("tick")));',
      '  stat(path, () => {',
      "    say('I/O');",
      "    setImmediate(() => { say('same pass'); setImmediate(() => say('next pass')); });",
      '  });',
      '}',
    ]);
    let allSaid = (): void => {};
    const enough = new Promise<void>((resolve) => (allSaid = resolve));
    const say = learner.watchPlain(({ index }) => {
      if (index === 4) allSaid();
    });
    await learner.call('speak', [say, folder]);
    await enough;
    const of = (word: string) => say.calls.find(({ args }) => args[0] === word)?.caller;
    const io = of('I/O');
    expect(of('tick')).toMatchObject({ from: 'TickObject', begunFrom: 'Microtask' });
    expect(of('same pass')).toMatchObject({ turnBegunIn: io?.turnIndex, pass: io?.pass });
    expect(of('next pass')?.pass).toBe(Number(io?.pass) + 1);
    expect(of('beside')?.turnBegunIn).toBeLessThan(Number(io?.turnIndex));
  });

  it('knows the callback that runs, whatever a module says to be one', async () => {
    const learner = await load([
      "import { AsyncResource } from 'node:async_hooks';",
      'export function lie(say: () => void) {',
      '  say();',
      "  new AsyncResource('Immediate').runInAsyncScope(say);",
      '}',
    ]);
    const say = learner.watchPlain(() => {});
    await learner.call('lie', [say]);
    const [plain, lied] = say.calls.map(({ caller }) => caller);
    expect(lied).toEqual(plain);
  });

  it('can hold the thread, so that a timer is due before a file is there', async () => {
    const learner = await load([
      "import { readFile } from 'node:fs';",
      'export function race(say: (text: string) => void, path: string) {',
      "  readFile(path, () => say('file'));",
      "  setTimeout(() => say('timer'), 40);",
      "  say('first');",
      '}',
    ]);
    const said: unknown[] = [];
    const last = new Promise<void>((resolve) => {
      void learner.call('race', [
        learner.watchPlain(({ args: [what] }) => {
          said.push(what);
          if (said.length === 3) resolve();
        }, 50),
        join(folder, 'exercise.ts'),
      ]);
    });
    await last;
    expect(said).toEqual(['first', 'timer', 'file']);
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

it('a watched function that is called with a signal fired before is given up at once', async () => {
  const learner = await load([
    "import { setImmediate as pass } from 'node:timers/promises';",
    'export async function late(get: (s: AbortSignal) => Promise<unknown>, signal: AbortSignal) {',
    '  while (!signal.aborted) await pass();',
    '  return get(signal);',
    '}',
  ]);
  const get = learner.watch(() => {});
  const { signal, abort } = learner.signal();
  const outcome = learner.outcome('late', [get, signal]);
  abort('before');
  expect((await outcome).threw).toMatchObject({ message: 'before' });
  expect(get.calls.map(({ isGivenUp }) => isGivenUp)).toEqual([true]);
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
      'export function busy() { const from = process.cpuUsage(); while (process.cpuUsage(from).user < 200_000); }',
    ]);
    const held = await learner.call('held', []);
    const free = await learner.call('free', []);
    const busy = await learner.call('busy', []);
    expect(held.beats).toBe(0);
    expect(held.looks).toBeGreaterThan(5);
    expect(free.beats).toBeGreaterThan(5);
    expect(busy.beats).toBe(0);
    expect(busy.cpuMs).toBeGreaterThan(2 * held.cpuMs);
    expect(held.durationMs).toBeGreaterThanOrEqual(200);
  });

  it('is whether it gave a promise, also one that comes after a thread was held', async () => {
    const learner = await load([
      'const hold = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);',
      'export function held() { hold(); return 1; }',
      'export async function heldAndPromised() { hold(); return 1; }',
      "export async function rejected() { throw new Error('no'); }",
      "export function threw() { throw new Error('no'); }",
    ]);
    expect(await learner.call('held', [])).toMatchObject({ value: 1, gavePromise: false });
    expect(await learner.call('heldAndPromised', [])).toMatchObject({
      value: 1,
      beats: 0,
      gavePromise: true,
    });
    expect(await learner.outcome('rejected', [])).toMatchObject({ gavePromise: true });
    expect(await learner.outcome('threw', [])).toMatchObject({ gavePromise: false });
  });

  it('is so whatever the module puts in the places of clocks, counters and ports', async () => {
    const learner = await load([
      "import { MessagePort } from 'node:worker_threads';",
      'const { postMessage } = MessagePort.prototype;',
      'MessagePort.prototype.postMessage = function (what: object) {',
      "  postMessage.call(this, { ...what, value: 'forged' });",
      '};',
      'performance.now = () => 0;',
      'Atomics.add = Atomics.load = () => 7;',
      'Reflect.get = () => () => {};',
      'export const wait = (ms: number): void => {',
      '  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);',
      '};',
    ]);
    expect(await learner.call('wait', [50])).toMatchObject({
      value: undefined,
      gavePromise: false,
      beats: 0,
      durationMs: expect.toSatisfy((ms: number) => ms > 40),
    });
  });

  it('is no promise that is none when it is looked at and one when it is awaited', async () => {
    const learner = await load([
      'export function later() {',
      '  let looks = 0;',
      '  const then = (resolve: (value: string) => void) => resolve("awaited");',
      '  return Object.defineProperty({}, "then", { get: () => (looks++ === 0 ? undefined : then) });',
      '}',
    ]);
    expect(await learner.call('later', [])).toMatchObject({ gavePromise: false, value: {} });
  });

  it('is quiet no longer than the limit where the thread is held after a call', async () => {
    const learner = await load(
      ['export function holdLater() {', '  setTimeout(() => { for (;;); });', '}'],
      1000,
    );
    await learner.call('holdLater', []);
    await learner.quiet(1000, () => undefined);
    await expect(learner.call('holdLater', [])).rejects.toThrow('it still held its thread');
  });

  it.each([
    ['throws', ['', "  throw new Error('no');"], /^it threw: no \(exercise\.ts:4\)$/],
    ['has a client of ours throw', [' return makeOneCall(7 as never);'], / \(exercise\.ts:3\)$/],
    ['calls what is not there', [' return nameOf();'], /^it threw: nameOf is not a function \(/],
    ['throws no error', [" throw 'a word';"], /^it threw: a word$/],
  ])('is the line of what was thrown, where it %s', async (_, body, told) => {
    const learner = await load([
      "import { makeOneCall, nameOf } from 'lwasync/client-synchronous';",
      'export function fails() {',
      ...body,
      '}',
    ]);
    await expect(learner.call('fails', [])).rejects.toThrow(told);
  });

  it.each([
    ['cannot be read', ['const a = (1;'], /^it cannot be run: .*"," \(exercise\.ts:1:13\)$/],
    ['throws', ['', "throw new Error('no');"], /^it cannot be run: no \(exercise\.ts:2\)$/],
  ])('is the line of a module that %s', async (_, lines, told) => {
    await expect(load(lines)).rejects.toThrow(told);
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

  it.each([
    ['await new Promise((resolve) => setTimeout(resolve, 60_000));', 5],
    ['await sleep(60_000);', 5],
    ['for await (const _ of every(60_000)) return;', 5],
    ['(function again() { setImmediate(again); })();', 5],
    ['await Promise.all([makeOneCall(url), new Promise(() => get(url))]);', undefined],
    ['await fetch(url, { signal: AbortSignal.timeout(60_000) });', undefined],
    ['clearTimeout(setTimeout(() => {}, 60_000));', undefined],
  ])('is the line of a timer only where it set it itself: %s', async (code, line) => {
    const server = await startWatchedServer(() => {});
    const learner = await load([
      "import { get } from 'node:http';",
      "import { setInterval as every, setTimeout as sleep } from 'node:timers/promises';",
      "import { makeOneCall } from 'lwasync/client-asynchronous';",
      'export async function sets(url: string) {',
      `  ${code}`,
      '}',
    ]);
    learner.call('sets', [server.url]).catch(() => {});
    await learner.settled();
    expect(await learner.timerLine()).toBe(line);
    await server.close();
  });

  it('is the line of a promise that nobody can settle any more, too', async () => {
    const learner = await load([
      "import { setFlagsFromString } from 'node:v8';",
      "import { runInNewContext } from 'node:vm';",
      "setFlagsFromString('--expose-gc');",
      "const collect: () => void = runInNewContext('gc');",
      'export async function starts() {',
      '  void new Promise(() => {});',
      '  await new Promise(setImmediate);',
      '  collect();',
      '}',
    ]);
    await learner.call('starts', []);
    const open = await learner.open();
    expect(open.map(({ kind, line }) => `${kind} ${line}`)).toEqual(['PROMISE 6']);
  });

  it('is the line that it began something at through many calls of another module', async () => {
    const deep =
      'export const later = (calls) => calls > 0 ? later(calls - 1) : setInterval(Date, 1000);';
    writeFileSync(join(folder, 'deep.mjs'), deep);
    const learner = await load([
      "import { later } from './deep.mjs';",
      'export function starts() {',
      '  later(20);',
      '}',
    ]);
    await learner.call('starts', []);
    expect(await learner.open()).toEqual([{ kind: 'Timeout', line: 3, isOwnTimer: false }]);
  });

  it('is what it printed, the first 64,000 characters', async () => {
    const learner = await load(["console.log('x'.repeat(200_000));"]);
    while (learner.printed.length < 64_000) await learner.looks(1);
    await learner.looks(20);
    expect(learner.printed).toBe('x'.repeat(64_000));
  });

  it('is what it did with worker threads, in order', async () => {
    const learner = await load([
      "import { Worker } from 'node:worker_threads';",
      "const CODE = `const { parentPort } = require('node:worker_threads');",
      "  parentPort.on('message', (text) => parentPort.postMessage(text));`;",
      'export async function two() {',
      '  const [asked, silent] = [new Worker(CODE, { eval: true }), new Worker(CODE, { eval: true })];',
      '  await silent.terminate();',
      "  const answer = new Promise((resolve) => asked.once('message', resolve));",
      "  asked.postMessage('hello');",
      '  await answer;',
      '  await asked.terminate();',
      '}',
    ]);
    await learner.call('two', []);
    expect(learner.workerEvents.map(({ worker, what }) => `${worker} ${what}`)).toEqual([
      '0 began',
      '1 began',
      '1 ended',
      '0 asked',
      '0 answered',
      '0 ended',
    ]);
  });

  it('is who rejected a promise that nobody looks at', async () => {
    const learner = await load([
      "process.removeAllListeners('unhandledRejection');",
      "export function lost() { void Promise.reject(new Error('lost')); }",
    ]);
    await learner.call('lost', []);
    await learner.settled();
    expect(learner.unhandled).toEqual(['lost']);
  });
});

it('what ended an attempt is told of all that is asked of it later, at once', async () => {
  const learner = await load(['export const end = () => process.exit();'], 60_000);
  await expect(learner.call('end', [])).rejects.toThrow('it ended its thread');
  await expect(learner.call('end', [])).rejects.toThrow('it ended its thread');
  await expect(learner.settled()).rejects.toThrow('it ended its thread');
});

describe('a driver', () => {
  it('is a module of the exercise that uses what the learner exports, in the thread of the learner', async () => {
    const learner = await load([
      "import { threadId } from 'node:worker_threads';",
      'export class Counter { #count = 0; up() { return (this.#count += 1); } }',
      'export const whereIAm = () => threadId;',
    ]);
    const driver = join(folder, 'driver.ts');
    writeFileSync(
      driver,
      [
        "import { threadId } from 'node:worker_threads';",
        'interface Learner { Counter: new () => { up(): number }; whereIAm(): number }',
        'export function countTo(learner: Learner, most: number, say: (count: number) => void) {',
        '  const counter = new learner.Counter();',
        '  for (let count = 0; count < most; count += 1) say(counter.up());',
        '  return learner.whereIAm() === threadId;',
        '}',
      ].join('\n'),
    );
    const say = learner.watchPlain(() => {});
    expect((await learner.call('countTo', [3, say], driver)).value).toBe(true);
    expect(say.calls.map(({ args }) => args[0])).toEqual([1, 2, 3]);
    expect((await learner.outcome('countTo', [1, say], driver)).threw).toBeUndefined();
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

describe('what keeps a module at work while it is told nothing', () => {
  const waitUntil = (look: string): string[] => [
    "import { stat } from 'node:fs/promises';",
    'let isDone = false;',
    'const sleep = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));',
    `export async function wait() { while (!isDone) await ${look}; }`,
    'setInterval(() => {}, 60_000);',
  ];

  it.each(["stat('.')", 'sleep(1)', 'sleep(60)'])('is the line that awaits %s', async (look) => {
    const learner = await load(waitUntil(look));
    void learner.call('wait', []);
    await learner.settled();
    expect(await learner.restlessLine()).toBe(4);
  });

  it('is nothing where a timer is there for later, which is waited for once', async () => {
    const learner = await load(waitUntil('new Promise<void>(() => {})'));
    void learner.call('wait', []);
    await learner.settled();
    expect(await learner.restlessLine()).toBeUndefined();
    const before = learner.pulse.beats;
    for (let time = 0; time < 10; time += 1) await learner.settled();
    expect(learner.pulse.beats - before).toBeLessThan(40);
  });

  it('may be a timer that comes again and again, which is waited for each time', async () => {
    const learner = await load(
      ['export const start = (say: () => void) => { setInterval(say, 20); };'],
      60_000,
    );
    const say = learner.watchPlain(() => {});
    await learner.call('start', [say]);
    for (let time = 0; time < 5; time += 1) await learner.settled();
    expect(say.calls.length).toBeGreaterThan(12);
  });
});
