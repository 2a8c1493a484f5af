import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildLevel, buildSweep } from '../../test/support/build-sweep.js';
import { writeUsleep } from '../../test/support/usleep-task.js';
import type { SweepRun } from '../core/sweep.js';
import { judgeSweep, type SweepVerdict } from '../statistics/sweep-verdict.js';
import { moduleTask } from '../tasks/module-task.js';
import { sleepTask } from '../tasks/sleep-task.js';
import { ModeWorker } from './mode-worker.js';
import { resolveSweepOptions, type SweepOptions } from './sweep-options.js';
import { proveCause } from './sweep-proof.js';

/** Levels that are made: as many served at once as there are threads, and the others wait for one. */
function stoppedAt(threads: number, over: Partial<SweepRun>): SweepRun {
  const levels = [1, 2, 4, 8].map((concurrency) => {
    const waitMs = 20 * Math.max(0, concurrency / threads - 1);
    const { rounds } = buildLevel(concurrency, 20 + waitMs, { poolWaitMs: waitMs });
    return { concurrency, number: 8, rounds };
  });
  return buildSweep(levels, over);
}

/** The proof of a made sweep, measured. */
async function prove(run: SweepRun, options: SweepOptions) {
  const settings = resolveSweepOptions(options);
  const { task, mode, threads } = settings;
  const worker = await ModeWorker.start({ name: mode, mode, task, threads });
  onTestFinished(() => worker.stop());
  const { signal } = new AbortController();
  const proof = await proveCause(run, settings, worker, { listener: () => {}, signal });
  return judgeSweep({ ...run, proof })?.proof;
}

function gainOf(proof: SweepVerdict['proof']): number | undefined {
  return typeof proof === 'object' ? proof.estimate?.ratio : undefined;
}

// Twice as many threads serve twice as many calls; a busy machine would have to take half of that away.
describe('a proof', () => {
  it('shows with twice as many threads that those of the mode were the limit', async () => {
    const run = stoppedAt(2, {
      mode: 'threads',
      task: { kind: 'sleep', text: 'sleep 100ms' },
      limits: { poolThreads: 4, threads: 2, connections: 1000 },
    });
    expect(judgeSweep(run)?.cause.name).toBe('threadpool');
    const proof = await prove(run, { task: sleepTask(100), mode: 'threads', threads: 2 });
    expect(proof).toMatchObject({ change: expect.stringContaining('2 to 4 threads') });
    expect(gainOf(proof)).toBeGreaterThan(1.2);
  });

  it.skipIf(process.platform !== 'linux')(
    "shows in a fresh process that libuv's pool was the limit",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lwasync-proof-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const task = moduleTask(await writeUsleep(folder));
      const run = stoppedAt(4, { task: { kind: 'module', text: 'pool.mjs' } });
      expect(judgeSweep(run)?.cause).toMatchObject({ name: 'threadpool', certain: true });
      const proof = await prove(run, { task });
      const change = expect.stringContaining("libuv's pool, 4 to 8 threads");
      expect(proof).toMatchObject({ change });
      expect(gainOf(proof)).toBeGreaterThan(1.2);
    },
  );
});
