import { randomUUID } from 'node:crypto';
import { setImmediate as nextPass } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import type { Milliseconds } from '../core/units.js';
import { blockingSleep } from './blocking-sleep.js';
import type { Dials, Wait } from './dials.js';
import { errorSchema } from './json-errors.js';
import { pause } from './pause.js';
import type { PracticeServerSettings } from './practice-server-options.js';

/** Adds `/fast-run`, `/slow-run` and `/standard-run`: the same work awaited, blocking the event loop, and on threads. */
export function addRuns(
  app: FastifyInstance,
  dials: Dials,
  { workMs, threads }: PracticeServerSettings,
): void {
  const appInstanceId = randomUUID();
  const add = (path: string, schema: object, work: Wait): void => {
    const handler = dials.handler(
      () => work,
      () => ({ app_instance_id: appInstanceId }),
    );
    app.get(path, { schema }, handler);
  };
  add(
    '/fast-run',
    runSchema('Work that is awaited', 'Calls made at once wait together: ten take as long as one.'),
    (call) => pause(workMs, call),
  );
  add(
    '/slow-run',
    runSchema(
      'Work that blocks the event loop',
      'Nobody else is served meanwhile: ten calls take ten times as long as one.',
    ),
    blockingTheLoop(workMs),
  );
  add(
    '/standard-run',
    runSchema(
      'Work on a pool of threads',
      `The same blocking work on ${threads} threads: more calls than threads queue.`,
    ),
    onThreads(workMs, threads, (destroy) => app.addHook('onClose', destroy)),
  );
}

// A client that leaves is noticed by the event loop, which is the thing that is blocked. So calls that arrive together
// are done one by one with the loop in between, and those whose client has left are skipped. The loop needs one pass to
// read the end of a connection and another to close it.
function blockingTheLoop(workMs: Milliseconds): Wait {
  const oneByOne = pLimit(1);
  return (call) =>
    oneByOne(async () => {
      await nextPass();
      await nextPass();
      if (!call.isOver) blockingSleep(workMs);
    });
}

// The queue is in front of the pool, because a call that has left must not take a thread when its turn comes.
function onThreads(
  workMs: Milliseconds,
  threads: number,
  onClose: (destroy: () => Promise<void>) => void,
): Wait {
  const oneEach = pLimit(threads);
  let pool: Piscina<Milliseconds, void> | undefined;
  onClose(async () => {
    await pool?.destroy();
  });
  return (call) =>
    oneEach(async () => {
      if (call.isOver) return;
      pool ??= new Piscina({
        filename: new URL('./blocking-sleep.js', import.meta.url).href,
        name: 'blockingSleep',
        minThreads: threads,
        maxThreads: threads,
        concurrentTasksPerWorker: 1,
        recordTiming: false,
        execArgv: [],
      });
      await pool.run(workMs);
    });
}

function runSchema(summary: string, description: string): object {
  return {
    tags: ['working'],
    summary,
    description,
    response: {
      200: {
        description: 'Which start of the server answered.',
        type: 'object',
        required: ['app_instance_id'],
        properties: {
          app_instance_id: {
            type: 'string',
            format: 'uuid',
            description: 'Fresh at every start of the server.',
          },
        },
      },
      500: errorSchema('The call failed on purpose, as the fail rate asks for.'),
    },
  };
}
