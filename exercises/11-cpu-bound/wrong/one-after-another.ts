// Several threads are taken to work at the same time, whenever they are handed their jobs.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const workers = Array.from({ length: threads }, begin);
  const answers: string[] = [];
  try {
    for (const [place, job] of jobs.entries()) {
      const worker = workers[place % threads];
      if (worker !== undefined) answers.push(await ask(worker, job));
    }
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
