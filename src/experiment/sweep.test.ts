import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeUsleep } from '../../test/support/usleep-task.js';
import { startFaultServer, type FaultServer } from '../../test/support/fault-server.js';
import { makeOneCall } from '../clients/asynchronous.js';
import { startPracticeServerProcess, type PracticeServerOptions } from '../server/index.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import { httpTask, type HttpTaskSpec } from '../tasks/http-task.js';
import { moduleTask } from '../tasks/module-task.js';
import { piTask } from '../tasks/pi-task.js';
import { sleepTask } from '../tasks/sleep-task.js';
import type { Progress } from './measure-modes.js';
import { sweep } from './sweep.js';
import type { SweepOptions } from './sweep-options.js';

let server: FaultServer;
let folder: string;
beforeAll(async () => {
  server = await startFaultServer();
  folder = await mkdtemp(join(tmpdir(), 'lwasync-sweep-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function practice(dials: PracticeServerOptions): Promise<HttpTaskSpec> {
  const practiceServer = await startPracticeServerProcess({ port: 0, ...dials });
  onTestFinished(() => practiceServer.close(0));
  return httpTask(`${practiceServer.url}/say-hi`);
}

async function callsSeen(): Promise<number> {
  return Number(Reflect.get(Object(await makeOneCall(`${server.url}/seen`)), 'calls'));
}

// Other programs may take the cores in the midst of a level and shift its figures. What is asserted is what they cannot change:
// how many calls there are, what slots and threads allow at most, and that calls wait where there are too few of those. What
// follows from figures is tested on figures that are made (statistics/stop-cause.test.ts, sweep-verdict.test.ts).
describe('a sweep', () => {
  it('sees that a server with four slots serves four at once, and that the others queue in it', async () => {
    const task = await practice({ latencyMs: 60, slots: 4 });
    const run = await sweep({ task, most: 12, levels: [12], budgetMs: 12_000 });
    const verdict = judgeSweep(run);
    for (const { concurrency, throughput } of verdict?.levels ?? []) {
      // Four calls each 60 ms; a timer may be a millisecond early.
      expect(throughput).toBeLessThan((1000 / 59) * Math.min(4, concurrency));
    }
    const [first, last] = [verdict?.levels[0], verdict?.levels.at(-1)];
    expect([first?.concurrency, last?.concurrency]).toEqual([1, 12]);
    expect(first?.serverQueueMs).toBeLessThan(30);
    // Eight wait for four to be served, which takes 120 ms.
    expect(last?.serverQueueMs).toBeGreaterThan(60);
    expect(last?.rounds).toBeGreaterThanOrEqual(3);
    expect(first?.rounds).toBeGreaterThanOrEqual(3);
  });

  it('has every level in its steady state: a multiple of those in flight, all of them in flight', async () => {
    const task = await practice({ latencyMs: 10 });
    const { levels } = await sweep({ task, most: 8, budgetMs: 6000 });
    expect(levels.map(({ concurrency }) => concurrency)).toEqual(expect.arrayContaining([1, 2, 4]));
    for (const { concurrency, number, rounds } of levels) {
      expect(number % concurrency).toBe(0);
      expect(number).toBeGreaterThanOrEqual(3 * concurrency);
      for (const { calls } of rounds) expect(calls.tally().ok).toBe(number);
    }
    const verdict = judgeSweep({ ...(await sweep({ task, most: 1 })) });
    expect(verdict?.levels.map(({ maxInFlight }) => maxInFlight)).toEqual([1]);
  });

  it('finds no stop where calls only wait', async () => {
    // Twice as many gain twice as much, of which a busy machine would have to take half.
    const run = await sweep({ task: sleepTask(100), most: 8, budgetMs: 6000 });
    const verdict = judgeSweep(run);
    expect(verdict?.stop.at).toBeUndefined();
    expect(verdict?.cause.name).toBe('latency');
  });

  it('says of work for a processor that there is nothing to wait for, and tries threads by itself', async () => {
    const run = await sweep({ task: piTask(300), most: 4, budgetMs: 3000 });
    const verdict = judgeSweep(run);
    expect(verdict?.cause.name).toBe('client-cpu');
    expect(run.proof).toMatchObject({ change: expect.stringContaining('the mode threads') });
    expect(typeof run.proof === 'object' && run.proof.after.rounds).toHaveLength(3);
  });

  it('sweeps over calls, with a limit on those in flight', async () => {
    const options = { task: sleepTask(5), over: 'number', concurrency: 3, most: 8 } as const;
    const { levels } = await sweep({ ...options, budgetMs: 3000 });
    const tried = levels.map(({ number, concurrency }) => [number, concurrency]);
    expect(tried).toEqual(
      expect.arrayContaining([
        [1, 1],
        [2, 2],
        [4, 3],
        [8, 3],
      ]),
    );
  });

  it('names rate limiting when a server begins to refuse calls', async () => {
    let inFlight = 0;
    const limited = createServer((_request, answer) => {
      inFlight += 1;
      answer.statusCode = inFlight > 4 ? 429 : 200;
      answer.setHeader('content-type', 'application/json');
      setTimeout(() => {
        inFlight -= 1;
        answer.end('{}');
      }, 30);
    });
    await new Promise<void>((resolve) => {
      limited.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      limited.closeAllConnections();
      limited.close();
    });
    const address = limited.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const run = await sweep({
      task: httpTask(`http://127.0.0.1:${port}/`),
      most: 16,
      budgetMs: 10_000,
    });
    expect(judgeSweep(run)?.cause).toMatchObject({ name: 'rate-limit', certain: true });
  });

  it('ends at the first level when every call fails, with what failed', async () => {
    const before = await callsSeen();
    const run = await sweep({ task: httpTask(`${server.url}/500`) });
    expect((await callsSeen()) - before).toBe(11);
    expect(run.levels.flatMap(({ rounds }) => rounds)).toMatchObject([
      { failures: [{ code: 'HTTP_STATUS', count: 10 }] },
    ]);
    expect(judgeSweep(run)).toBeUndefined();
  });

  it('does not give up because the very first call failed', async () => {
    const file = join(folder, 'odd.mjs');
    await writeFile(
      file,
      `export async function task(index) {
        await new Promise((done) => setTimeout(done, 5));
        if (index % 3 === 0) throw new Error('odd');
      }`,
    );
    const run = await sweep({ task: moduleTask(file), most: 2, budgetMs: 2000 });
    expect(judgeSweep(run)?.levels.length).toBeGreaterThanOrEqual(1);
    expect(judgeSweep(run)?.levels[0]?.failed).toBeGreaterThan(0);
  });

  it('says that the time was over when it was', async () => {
    const run = await sweep({ task: sleepTask(50), most: 256, budgetMs: 300 });
    expect(run.warnings[0]).toContain('--budget allows more');
    expect(judgeSweep(run)?.stop.at).toBeUndefined();
  });

  it('ends at once when it is told to, with what was measured', async () => {
    const controller = new AbortController();
    const listener = ({ name, stage, tally }: Progress): void => {
      if (name !== '2 in flight' || stage !== 'round') return;
      const watch = setInterval(() => {
        if (tally().begun === 0) return;
        clearInterval(watch);
        controller.abort();
      }, 1);
    };
    const control = { listener, signal: controller.signal };
    const run = await sweep({ task: sleepTask(50), budgetMs: 30_000 }, control);
    expect(run.interrupted).toBe(true);
    expect(judgeSweep(run)?.levels.map(({ at }) => at)).toEqual([1]);
  });

  it('ends a proof when it is told to, and keeps the levels', async () => {
    const controller = new AbortController();
    const listener = ({ name, stage }: Progress): void => {
      if (name === 'proof, after' && stage === 'round') controller.abort();
    };
    const control = { listener, signal: controller.signal };
    const run = await sweep({ task: piTask(300), most: 4, budgetMs: 2000 }, control);
    expect(run).toMatchObject({ interrupted: true, proof: undefined });
    expect(judgeSweep(run)?.levels.length).toBeGreaterThan(1);
  });

  it.each<[Partial<SweepOptions>, string]>([
    [{ mode: 'sync' as 'async' }, 'one of async, loop, threads'],
    [{ over: 'time' as 'number' }, 'concurrency or number'],
    [{ most: 0 }, 'max to be a whole number'],
    [{ concurrency: 4 }, '--over number'],
    [{ budgetMs: 0 }, 'budget of more than 0'],
    [{ task: piTask(10), mode: 'loop' }, 'cannot be done in the mode loop'],
  ])('refuses the options %j', async (wrong, part) => {
    await expect(sweep({ task: sleepTask(1), ...wrong })).rejects.toThrow(part);
  });
});

it.skipIf(process.platform !== 'linux')("sees calls wait for libuv's pool of threads", async () => {
  const file = await writeUsleep(folder);
  const run = await sweep({ task: moduleTask(file), most: 16, levels: [16], budgetMs: 8000 });
  const levels = judgeSweep(run)?.levels ?? [];
  const [first, last] = [levels[0], levels.at(-1)];
  // Four threads, each of which sleeps for a twentieth of a second.
  for (const { throughput } of levels) expect(throughput).toBeLessThan(4 * 20 * 1.02);
  expect(last?.poolWaitMs).toBeGreaterThan(Math.max(25, first?.poolWaitMs ?? 0));
});
