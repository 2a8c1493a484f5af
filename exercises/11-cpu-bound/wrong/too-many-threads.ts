// More threads are taken to be faster, whatever the number of cores.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], _threads: number): Promise<string[]> {
  const workers = jobs.map(begin);
  try {
    return await Promise.all(workers.map((worker, place) => ask(worker, jobs[place]!)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function ask(worker: Worker, job: Job): Promise<string> {
  worker.postMessage(job);
  const [answer] = await once(worker, 'message');
  return answer;
}
