// Awaiting promises one after another is taken to look at all of them.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const left = [...jobs.entries()];
  const answers: string[] = [];
  const workers = Array.from({ length: threads }, begin);
  try {
    const runs = workers.map(async (worker) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        answers[next[0]] = await ask(worker, next[1]);
      }
    });
    for (const run of runs) await run;
    return answers;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function ask(worker: Worker, job: Job): Promise<string> {
  worker.postMessage(job);
  const [answer] = await once(worker, 'message');
  return answer;
}
