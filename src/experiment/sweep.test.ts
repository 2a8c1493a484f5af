import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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

// Where other programs take the cores in the midst of a level, the answer may be another one: those tests may try again.
describe('a sweep', () => {
  it('finds the slots of a server, and that calls queue in it', { retry: 2 }, async () => {
    const task = await practice({ latencyMs: 40, slots: 4 });
    const run = await sweep({ task, most: 16, budgetMs: 12_000 });
    const verdict = judgeSweep(run);
    expect(verdict?.stop.range[0]).toBeLessThanOrEqual(5);
    expect(verdict?.stop.range[1]).toBeGreaterThanOrEqual(3);
    expect(verdict?.stop.at).toBeLessThanOrEqual(8);
    expect(verdict?.cause).toMatchObject({ name: 'server-slots', certain: true });
    // Those that decide were measured more than once, and the picture has a level on both sides.
    expect(verdict?.atStop.rounds).toBeGreaterThanOrEqual(3);
    expect(verdict?.levels.length).toBeGreaterThanOrEqual(5);
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

  it('finds no stop where calls only wait', { retry: 2 }, async () => {
    const run = await sweep({ task: sleepTask(20), most: 16, budgetMs: 6000 });
    const verdict = judgeSweep(run);
    expect(verdict?.stop.at).toBeUndefined();
    expect(verdict?.cause.name).toBe('latency');
  });

  it('says of work for a processor that there is nothing to wait for, and tries threads by itself', async () => {
    const run = await sweep({ task: piTask(300), most: 4, budgetMs: 3000 });
    const verdict = judgeSweep(run);
    expect(verdict?.cause.name).toBe('client-cpu');
    expect(verdict?.ceiling).toBeLessThan(2);
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
      }, 5);
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
      budgetMs: 3000,
    });
    expect(judgeSweep(run)?.cause).toMatchObject({ name: 'rate-limit', certain: true });
  });

  it(
    'proves that a pool of threads was the limit with twice as many of them',
    { retry: 2 },
    async () => {
      const task = sleepTask(20);
      const run = await sweep({
        task,
        mode: 'threads',
        threads: 2,
        most: 8,
        budgetMs: 4000,
        prove: true,
      });
      const verdict = judgeSweep(run);
      expect(verdict?.cause.name).toBe('threadpool');
      expect(verdict?.proof).toMatchObject({ result: 'was the limit' });
    },
  );

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

describe.skipIf(process.platform !== 'linux')("libuv's pool", () => {
  it(
    'is named where it is full, and twice as many threads in a fresh process prove it',
    { retry: 2 },
    async () => {
      // Every call blocks a thread of the pool for a while and computes nothing.
      const file = join(folder, 'pool.mjs');
      await writeFile(
        file,
        `import koffi from ${JSON.stringify(import.meta.resolve('koffi'))};
      const usleep = koffi.load(null).func('int usleep(uint32_t)');
      export const task = () => new Promise((done) => usleep.async(20_000, done));`,
      );
      const run = await sweep({ task: moduleTask(file), most: 16, budgetMs: 6000, prove: true });
      const verdict = judgeSweep(run);
      expect(verdict?.stop.range[0]).toBeLessThanOrEqual(5);
      expect(verdict?.stop.range[1]).toBeGreaterThanOrEqual(3);
      expect(verdict?.cause.name).toBe('threadpool');
      expect(verdict?.proof).toMatchObject({
        change: expect.stringContaining("libuv's pool, 4 to 8 threads"),
        result: 'was the limit',
      });
    },
  );
});
