// The thread that the learner's module runs in; see `attempt-process.ts`.
import { setImmediate as nextPass, setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { importUserModule } from '../tasks/user-modules.js';
import {
  BEAT_MS,
  type AttemptQuestion,
  type AttemptReport,
  type AttemptThreadData,
  type OpenResource,
  type Seen,
} from './attempt-protocol.js';
import { followCallers } from './follow-callers.js';
import { followRejections } from './follow-rejections.js';
import { followWorkers } from './follow-workers.js';
import { LearnerArguments, toSendable } from './learner-arguments.js';
import { followResources } from './open-resources.js';
import { messageOfThrown, nameOfThrown, sayThrown } from './thrown-text.js';

const { file, compiled, pulse, port }: AttemptThreadData = workerData;
// The learner's module can ask for this too, and has no business with it.
for (const name of Object.keys(workerData)) Reflect.deleteProperty(workerData, name);
// What a module that polls may take until it looks again.
const MOST_BEATS_TO_SETTLE = 20;
// The first says what is wrong.
const MOST_UNHANDLED = 100;

const forLater = new WeakSet<OpenResource>();

// A module may put others in the places of these; what is told of it is told by those that were there before it.
const { add, load } = Atomics;
const { get } = Reflect;
const now = performance.now.bind(performance);
const cpuUsage = process.cpuUsage.bind(process);
const post = port.postMessage.bind(port);

const report = (what: AttemptReport): void => post(what);

// Not unref'ed: a thread that waits for nothing would end, and take what it knows with it.
setInterval(() => add(pulse, 0, 1), BEAT_MS);
let unhandled = 0;
followRejections((reason) => {
  unhandled += 1;
  if (unhandled <= MOST_UNHANDLED) report({ kind: 'unhandled', message: messageOfThrown(reason) });
});
const resources = followResources(file);
followWorkers((event) => report({ kind: 'worker', event }));
const learnerArguments = new LearnerArguments(report, followCallers());

// A module may wait, or loop, while it is loaded.
let module: Readonly<Record<string, unknown>> = {};
port.on('message', take);
try {
  module = await importModule(file);
  report({ kind: 'loaded' });
} catch (error) {
  report({ kind: 'refused', message: sayThrown(error, file) });
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  return Object(await importUserModule(path, compiled));
}

function take(question: AttemptQuestion): void {
  switch (question.kind) {
    case 'call':
      void call(question);
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

async function call({
  call: id,
  driver,
  name,
  args,
}: Extract<AttemptQuestion, { kind: 'call' }>): Promise<void> {
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
      name: nameOfThrown(error),
      message: messageOfThrown(error),
      said: sayThrown(error, file),
      seen: seen(),
    });
  }
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
  report({ kind: 'open', open: resources.list(), runs: resources.runs(), heldAt: undefined });
}

async function settle(): Promise<void> {
  // One pass runs all microtasks and what they made ready, the next what came of that.
  await nextPass();
  await nextPass();
  const begun = resources.list();
  const isWaiting = (): boolean =>
    resources.list().some((one) => one.kind !== 'PROMISE' && !forLater.has(one));
  for (let beat = 0; isWaiting(); beat += 1) {
    if (beat === MOST_BEATS_TO_SETTLE) {
      noteForLater(begun);
      break;
    }
    await sleep(BEAT_MS);
  }
  report({ kind: 'settled' });
}

/** Timers that were waited for in vain are not waited for a second time. */
function noteForLater(begun: readonly OpenResource[]): void {
  const open = new Set(resources.list());
  for (const one of begun) if (one.kind === 'Timeout' && open.has(one)) forLater.add(one);
}
