// The process of one attempt: the learner's module runs in a thread, this thread watches it and is never held by it.
import { Worker } from 'node:worker_threads';
import { messageOf } from '../core/errors.js';
import type { AttemptQuestion, AttemptReport, AttemptThreadData } from './attempt-protocol.js';

const LOOK_EVERY_MS = 10;
const MOST_PRINTED = 10_000_000;
// A thread that is free answers within a beat or two.
const ANSWER_WITHIN_MS = 250;
const MEGABYTES = 256;

const [, , file = ''] = process.argv;
const beats = new Int32Array(new SharedArrayBuffer(4));
const data: AttemptThreadData = { file, beats };
const thread = new Worker(new URL('./attempt-thread.js', import.meta.url), {
  workerData: data,
  stdout: true,
  stderr: true,
  resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
});

let unanswered: NodeJS.Timeout | undefined;
let isOver = false;

function report(what: AttemptReport): void {
  if (what.kind === 'waits for') clearTimeout(unanswered);
  if (!isOver) process.send?.(what);
}

function end(message: string | undefined): void {
  report({ kind: 'ended', message });
  isOver = true;
}

let printed = 0;
for (const [stream, out] of [
  [thread.stdout, process.stdout],
  [thread.stderr, process.stderr],
] as const) {
  stream.on('data', (bytes: Buffer) => {
    printed += bytes.length;
    if (printed <= MOST_PRINTED) out.write(bytes);
    else if (!isOver) {
      report({ kind: 'printed too much' });
      isOver = true;
      void thread.terminate();
    }
  });
}
thread.on('message', (what: AttemptReport) => report(what));
thread.on('error', (error) => end(messageOf(error)));
thread.on('exit', () => end(undefined));

let told = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now !== told) report({ kind: 'beats', beats: now });
  told = now;
}, LOOK_EVERY_MS).unref();

process.on('message', (question: AttemptQuestion) => {
  if (question.kind === 'where') {
    unanswered = setTimeout(
      () => report({ kind: 'waits for', resources: undefined }),
      ANSWER_WITHIN_MS,
    );
  }
  thread.postMessage(question);
});
// Whoever checks is gone.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
