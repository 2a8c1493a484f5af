// The thread that the learner's module runs in; see `attempt-process.ts`.
import { setImmediate as nextPass, setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import { importUserModule } from '../tasks/user-modules.js';
import {
  BEAT_MS,
  type AttemptQuestion,
  type AttemptReport,
  type AttemptThreadData,
  type Seen,
} from './attempt-protocol.js';
import { followWorkers } from './follow-workers.js';
import { LearnerArguments, toSendable } from './learner-arguments.js';
import { followResources } from './open-resources.js';

const { file, compiled, pulse, port }: AttemptThreadData = workerData;
// The learner's module can ask for this too, and has no business with it.
for (const name of Object.keys(workerData)) Reflect.deleteProperty(workerData, name);
// What a module that polls may take until it looks again.
const MOST_BEATS_TO_SETTLE = 20;

// A module may put others in the places of these; what is told of it is told by those that were there before it.
const { add, load } = Atomics;
const { get } = Reflect;
const now = performance.now.bind(performance);
const cpuUsage = process.cpuUsage.bind(process);
const post = port.postMessage.bind(port);

const report = (what: AttemptReport): void => post(what);

// Not unref'ed: a thread that waits for nothing would end, and take what it knows with it.
setInterval(() => add(pulse, 0, 1), BEAT_MS);
process.on('unhandledRejection', (reason) => {
  report({ kind: 'unhandled', message: sayThrown(reason) });
});
const resources = followResources(file);
followWorkers((event) => report({ kind: 'worker', event }));
const learnerArguments = new LearnerArguments(report, resources);

try {
  const module = await importModule(file);
  port.on('message', (question: AttemptQuestion) => take(module, question));
  report({ kind: 'loaded' });
} catch (error) {
  report({ kind: 'refused', message: sayThrown(error) });
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  return Object(await importUserModule(path, compiled));
}

function take(module: Readonly<Record<string, unknown>>, question: AttemptQuestion): void {
  switch (question.kind) {
    case 'call':
      void call(module, question);
      return;
    case 'settle':
      void settle();
      return;
    case 'where':
      void tellOpen();
      return;
    case 'answer':
    case 'fail':
    case 'abort':
      learnerArguments.take(question);
      return;
  }
}

async function call(
  module: Readonly<Record<string, unknown>>,
  { call: id, driver, name, args }: Extract<AttemptQuestion, { kind: 'call' }>,
): Promise<void> {
  const from = driver === undefined ? module : await importModule(driver);
  const called = from[name];
  if (typeof called !== 'function') {
    report({ kind: 'refused', message: `it exports no function ${name}` });
    return;
  }
  const seenUntilNow = watchCall();
  let gavePromise = false;
  const seen = (): Seen => ({ ...seenUntilNow(), gavePromise });
  try {
    const revived = args.map((arg) => learnerArguments.revive(arg));
    const given: unknown = called(...(driver === undefined ? [] : [module]), ...revived);
    gavePromise = typeof get(Object(given), 'then') === 'function';
    // What was no promise when it was looked at may become one when it is awaited.
    const value = gavePromise ? await given : given;
    report({ kind: 'returned', call: id, value: toSendable(value), seen: seen() });
  } catch (error) {
    report({
      kind: 'threw',
      call: id,
      name: nameOf(error),
      message: sayThrown(error),
      seen: seen(),
    });
  }
}

function nameOf(thrown: unknown): string {
  return textOr(() => (thrown instanceof Error ? thrown.name : typeof thrown));
}

function sayThrown(thrown: unknown): string {
  return textOr(() => messageOf(thrown));
}

/** Anything can be thrown, also what cannot be made a text, or fails when it is looked at. */
function textOr(look: () => unknown): string {
  try {
    const text = look();
    if (typeof text === 'string') return text;
  } catch {
    // It is told as what it is.
  }
  return '(something that cannot be shown)';
}

function watchCall(): () => Omit<Seen, 'gavePromise'> {
  const before = [load(pulse, 0), load(pulse, 1)] as const;
  const cpuBefore = cpuUsage();
  const beganMs = now();
  return () => {
    const { user, system } = cpuUsage(cpuBefore);
    return {
      beats: load(pulse, 0) - before[0],
      looks: load(pulse, 1) - before[1],
      durationMs: now() - beganMs,
      cpuMs: (user + system) / 1000,
    };
  };
}

async function tellOpen(): Promise<void> {
  // What has ended is told in the next pass.
  await nextPass();
  await nextPass();
  report({ kind: 'open', open: resources.list(), heldAt: undefined });
}

async function settle(): Promise<void> {
  // One pass runs all microtasks and what they made ready, the next what came of that.
  await nextPass();
  await nextPass();
  const isWaiting = (): boolean => resources.list().some(({ kind }) => kind !== 'PROMISE');
  for (let beat = 0; beat < MOST_BEATS_TO_SETTLE && isWaiting(); beat += 1) await sleep(BEAT_MS);
  report({ kind: 'settled' });
}
