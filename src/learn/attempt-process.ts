// The process of one attempt: the learner's module runs in a thread, this thread watches it and is never held by it.
import { readdirSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { orNothing } from '../core/or-nothing.js';
import {
  BEAT_MS,
  type AttemptQuestion,
  type AttemptReport,
  type AttemptThreadData,
} from './attempt-protocol.js';
import { findHeldLine } from './held-line.js';
import { MessagePipe } from './message-pipe.js';
import { HAS_GROUPS } from './process-tree.js';
import { sayThrown } from './thrown-text.js';

const LOOKS_BETWEEN_PULSES = 2;
// A look at all threads takes some tenths of a millisecond.
const LOOKS_BETWEEN_LOOKS_AT_THREADS = 5;
const MOST_PRINTED = 10_000_000;
// A thread that is free answers within a beat or two; the debugger finds a line in about as much, unless the machine is busy.
const ANSWER_WITHIN_MS = 250;
const LINE_WITHIN_MS = 3000;
const MEGABYTES = 256;
// Of the whole process: buffers, and threads of its own, are not part of the heap.
const MOST_BYTES = 2 ** 30;
const LOOKS_BETWEEN_LOOKS_AT_MEMORY = 10;
// The one beside standard input, output and error.
const PIPE = 3;

const [, , file = '', compiled = ''] = process.argv;
const pulse = new Int32Array(new SharedArrayBuffer(8));
// Not the port that any module in the thread has: what a learner's module sends by that is not heard.
const { port1: port, port2 } = new MessageChannel();
const data: AttemptThreadData = { file, compiled, pulse, port: port2 };
const threadCpuMs = new Map<string, number>();
const thread = new Worker(new URL('./attempt-thread.js', import.meta.url), {
  workerData: data,
  transferList: [port2],
  stdout: true,
  stderr: true,
  resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
});

const pipe = new MessagePipe<AttemptReport, AttemptQuestion>(new Socket({ fd: PIPE }), {
  onMessage: take,
  // Whoever checks is gone.
  onEnd: () => process.kill(HAS_GROUPS ? 0 : process.pid, 'SIGKILL'),
});

let unanswered: NodeJS.Timeout | undefined;
let isOver = false;

function report(what: AttemptReport): void {
  if (what.kind === 'open') clearTimeout(unanswered);
  if (!isOver) pipe.send(what);
}

function end(message: string | undefined): void {
  report({ kind: 'ended', message });
  isOver = true;
}

function stop(why: AttemptReport): void {
  report(why);
  isOver = true;
  void thread.terminate();
}

let printed = 0;
for (const [stream, out] of [
  [thread.stdout, process.stdout],
  [thread.stderr, process.stderr],
] as const) {
  stream.on('data', (bytes: Buffer) => {
    printed += bytes.length;
    if (printed <= MOST_PRINTED) out.write(bytes);
    else stop({ kind: 'printed too much' });
  });
}
port.on('message', (what: AttemptReport) => {
  // What is said of threads with an answer is as new as the answer.
  if (what.kind === 'returned' || what.kind === 'threw') {
    lookAtThreads();
    tellPulse();
  }
  report(what);
});
// What the thread said before it ended comes first.
thread.on('error', (error: Error & { readonly code?: unknown }) => {
  if (error?.code === 'ERR_WORKER_OUT_OF_MEMORY') stop({ kind: 'took too much memory' });
  else setImmediate(end, sayThrown(error, file));
});
thread.on('exit', () => setImmediate(() => setImmediate(end, undefined)));

setInterval(() => {
  const looks = Atomics.add(pulse, 1, 1);
  if (looks % LOOKS_BETWEEN_LOOKS_AT_THREADS === 0) lookAtThreads();
  if (looks % LOOKS_BETWEEN_PULSES === 0) tellPulse();
  if (looks % LOOKS_BETWEEN_LOOKS_AT_MEMORY === 0 && process.memoryUsage.rss() > MOST_BYTES) {
    stop({ kind: 'took too much memory' });
  }
}, BEAT_MS).unref();

function tellPulse(): void {
  // The next one says all that this one would have.
  if (pipe.isFull) return;
  const [beats = 0, looks = 0] = pulse;
  report({ kind: 'pulse', pulse: { beats, looks, threadCpuMs: [...threadCpuMs.values()] } });
}

// Linux, Documentation/scheduler/sched-stats.rst: schedstat begins with the time spent on the CPU, in ns. Elsewhere nothing is
// found, and nothing told.
function lookAtThreads(): void {
  for (const id of orNothing(() => readdirSync('/proc/self/task')) ?? []) {
    const times = orNothing(() => readFileSync(`/proc/self/task/${id}/schedstat`, 'latin1'));
    if (times !== undefined) threadCpuMs.set(id, Number.parseInt(times, 10) / 1e6);
  }
}

function sayWhereItIsHeld(): void {
  const say = (heldAt: number | undefined): void =>
    report({ kind: 'open', open: undefined, runs: undefined, heldAt });
  unanswered = setTimeout(say, LINE_WITHIN_MS, undefined);
  findHeldLine(file, say);
}

function take(question: AttemptQuestion): void {
  if (question.kind === 'where') unanswered = setTimeout(sayWhereItIsHeld, ANSWER_WITHIN_MS);
  port.postMessage(question);
}
