import { fileURLToPath } from 'node:url';
import {
  failed,
  passed,
  shuffled,
  whatCame,
  type CheckContext,
  type Failed,
  type MeasuredSpan,
  type Measurement,
  type Verdict,
} from 'lwasync/learn';
import type { Happening } from './check/happening.js';
import { judge } from './check/judge.js';
import { PROGRAMS, randomProgram, SHARING_PROGRAMS, type Program } from './check/program.js';

const DRIVER = fileURLToPath(new URL('./check/driver.ts', import.meta.url));
const RANDOM_PROGRAMS = 100;
const CALLS = 20;
// It may beat once or twice before it goes to sleep.
const AWAKE_BEATS = 20;
const MEASURED_CALLS = 10;
const BETWEEN_ANSWERS_MS = 10;

/**
 * Programs on a scripted selector and clock first, where every wait and every turn is seen exactly; then real calls, on a thread
 * that must be asleep while all of them are in flight.
 */
export async function check(context: CheckContext): Promise<Verdict> {
  const more = Array.from({ length: RANDOM_PROGRAMS }, () => randomProgram(context.random));
  return (
    (await checkPrograms(context, PROGRAMS)) ??
    (await checkSharing(context)) ??
    (await checkPrograms(context, more)) ??
    (await checkWaking(context)) ??
    (await checkManyCalls(context)) ??
    passed(
      `in ${PROGRAMS.length + SHARING_PROGRAMS.length + more.length} programs everything had its turn and its time, and ${CALLS} calls were in flight together while the thread slept`,
    )
  );
}

async function checkPrograms(
  { attempt }: CheckContext,
  programs: readonly Program[],
): Promise<Failed | undefined> {
  const { value } = await attempt.call('runPrograms', [programs], DRIVER);
  if (!isLogs(value)) throw new Error('the driver tells what happened');
  for (const log of value) {
    const fault = judge(log);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What works with callbacks of their own, and not with the same one twice, takes the two for one. */
async function checkSharing(context: CheckContext): Promise<Failed | undefined> {
  const fault = await checkPrograms(context, SHARING_PROGRAMS);
  return fault === undefined
    ? undefined
    : failed(
        'same-callback',
        `the same callback was added more than once, each time to be run, and ${fault.message}`,
      );
}

// The driver is ours, and so is what it returns.
function isLogs(value: unknown): value is Happening[][] {
  return Array.isArray(value);
}

/** A call that is answered when a timer has run, which nobody but the sleeping loop can see to. */
async function checkWaking({ attempt, startServer }: CheckContext): Promise<Failed | undefined> {
  let hasRun = false;
  const server = await startServer((call) => hasRun && call.answer('awake'));
  const say = attempt.watchPlain(() => {
    hasRun = true;
    for (const call of server.waiting) call.answer('awake');
  });
  const { value } = await attempt.call('wakeUp', [server.url, say], DRIVER);
  const { answer, error } = Object(value);
  if (answer === 'awake' && error === 'main failed') return undefined;
  return failed(
    'run-changed',
    'run should return what main returned and throw what main threw, as it did when it was handed out',
  );
}

/** Exercise 3's barrier: nobody is answered until all calls are there, and the thread sleeps. */
async function checkManyCalls({
  attempt,
  random,
  startServer,
}: CheckContext): Promise<Failed | undefined> {
  let asleep: Promise<boolean> | undefined;
  const server = await startServer(() => {
    if (server.waiting.length < CALLS) return;
    asleep ??= isAsleep(attempt).then((is) => {
      for (const call of shuffled(server.waiting, random)) call.answer({ path: call.path });
      return is;
    });
  });
  const outcome = await attempt.outcome('makeManyCalls', [CALLS, server.url]);
  if (asleep === undefined) {
    return failed(
      'client-changed',
      `makeManyCalls should have ${CALLS} calls in flight together, as it did when it was handed out; the most were ${server.mostAtOnce}`,
    );
  }
  if (outcome.threw !== undefined || !isAnswers(outcome.value)) {
    return failed(
      'client-changed',
      `makeManyCalls should return the answers to all ${CALLS} calls in the order of the calls, as it did when it was handed out`,
    );
  }
  return (await asleep)
    ? undefined
    : failed(
        'not-on-the-loop',
        `${CALLS} calls were in flight and the thread was free to do something else; on your loop it sleeps in select`,
      );
}

function isAnswers(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === CALLS &&
    value.every((answer, index) => Object(answer).path === `/?call=${index}`)
  );
}

/** Nothing is to come but that the thread goes on sleeping; one that is free beats, however busy the machine is. */
async function isAsleep(attempt: CheckContext['attempt']): Promise<boolean> {
  return (await whatCame(attempt, new Promise(() => {}), AWAKE_BEATS)) === 'held';
}

interface MeasuredCalls {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sleeps: readonly MeasuredSpan[];
  readonly cpuMs: number | undefined;
}

/** Ten calls, answered one after another: how often the loop goes round, and what its thread does meanwhile. */
export async function measure({ attempt, startServer }: CheckContext): Promise<Measurement> {
  const calls: MeasuredSpan[] = [];
  const server = await startServer((call) => {
    const fromMs = nowMs();
    const turn = 1 + (call.index % MEASURED_CALLS);
    setTimeout(() => {
      call.answer({ call: call.index });
      calls.push({ fromMs, toMs: nowMs() });
    }, turn * BETWEEN_ANSWERS_MS);
  });
  const { value } = await attempt.call('measureCalls', [MEASURED_CALLS, server.url], DRIVER);
  if (!isMeasured(value)) throw new Error('the driver tells what it measured');
  const { fromMs, toMs, sleeps, cpuMs } = value;
  const shift = (spans: readonly MeasuredSpan[]): MeasuredSpan[] =>
    spans.map((span) => ({ fromMs: span.fromMs - fromMs, toMs: span.toMs - fromMs }));
  const wallMs = toMs - fromMs;
  const sleptMs = sleeps.reduce((sum, span) => sum + span.toMs - span.fromMs, 0);
  const share = ((100 * sleptMs) / wallMs).toFixed(0);
  const cpu = cpuMs === undefined ? '' : `, with ${cpuMs.toFixed(1)} ms of CPU time`;
  return {
    text: `ten calls of 10, 20, 30 … 100 ms took ${wallMs.toFixed(0)} ms and ${sleeps.length} passes${cpu}; for ${share} % of the time the thread slept in select`,
    choice: choiceOf(sleeps.length, wallMs),
    lanes: [
      ...calls.slice(-MEASURED_CALLS).map((span, index) => ({
        name: `call ${index + 1}`,
        spans: shift([span]),
      })),
      { name: 'asleep in select', spans: shift(sleeps) },
    ],
  };
}

function isMeasured(value: unknown): value is MeasuredCalls {
  return Array.isArray(Object(value).sleeps);
}

function choiceOf(passes: number, wallMs: number): number | undefined {
  if (passes > 5 * wallMs) return 3;
  if (passes > 3 * MEASURED_CALLS) return 2;
  if (passes === 1) return 0;
  return Math.abs(passes - MEASURED_CALLS) <= MEASURED_CALLS / 2 ? 1 : undefined;
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
