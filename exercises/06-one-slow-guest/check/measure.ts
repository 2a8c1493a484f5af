import { fileURLToPath } from 'node:url';
import type { Attempt, CheckContext, MeasuredLane, Measurement } from 'lwasync/learn';
import { Guest, OTHER_RUNS, portOf } from './guest.js';

const BACKEND_TAKES_MS = 100;
const AS_HANDED_OUT = fileURLToPath(new URL('../exercise.ts', import.meta.url));

/** A guest of each run, and a second of `/slow-run`, who come while a first one waits: before the exercise and after it. */
export async function measure(context: CheckContext): Promise<Measurement> {
  const before = await visitsOf(await context.startAttempt(AS_HANDED_OUT), context);
  const after = await visitsOf(context.attempt, context);
  const lanesOf = (when: string, visits: readonly Visit[]): MeasuredLane[] =>
    visits.map(({ path, fromMs, toMs }) => ({
      name: `${when}: ${path}`,
      spans: [{ fromMs, toMs }],
    }));
  const tookMs = (visits: readonly Visit[], path: string): number =>
    Math.max(...visits.filter((one) => one.path === path).map(({ fromMs, toMs }) => toMs - fromMs));
  return {
    text: `while a guest of /slow-run waited ${BACKEND_TAKES_MS} ms for the backend, /fast-run took ${tookMs(before, '/fast-run').toFixed(1)} ms on the server as it was handed out, and ${tookMs(after, '/fast-run').toFixed(1)} ms on yours`,
    choice: choiceOf((path) => tookMs(before, path)),
    lanes: [...lanesOf('before', before), ...lanesOf('after', after)],
  };
}

interface Visit {
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
}

async function visitsOf(
  attempt: Attempt,
  { startServer }: Pick<CheckContext, 'startServer'>,
): Promise<readonly Visit[]> {
  let takesMs = 0;
  const backend = await startServer((call) => {
    setTimeout(() => call.answer({ run: 'slow' }), takesMs);
  });
  const port = (await portOf(attempt, backend)) ?? 0;
  // The first guests find nothing connected and nothing compiled.
  for (const path of ['/slow-run', ...OTHER_RUNS]) await new Guest({ port }, path).answered;
  takesMs = BACKEND_TAKES_MS;
  const beganMs = performance.now();
  const visit = async (path: string): Promise<Visit> => {
    const fromMs = performance.now() - beganMs;
    await new Guest({ port }, path).answered;
    return { path, fromMs, toMs: performance.now() - beganMs };
  };
  const first = visit('/slow-run');
  await backend.untilCalls(2);
  return Promise.all([first, ...[...OTHER_RUNS, '/slow-run'].map(visit)]);
}

function choiceOf(tookMs: (path: string) => number): number {
  const isLate = (path: string): boolean => tookMs(path) > BACKEND_TAKES_MS / 2;
  if (isLate('/fast-run')) return 0;
  if (isLate('/standard-run')) return 3;
  return tookMs('/slow-run') > 1.5 * BACKEND_TAKES_MS ? 1 : 2;
}
