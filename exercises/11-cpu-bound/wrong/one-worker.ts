// A thread is taken to compute all that it is handed at the same time.
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], _threads: number): Promise<string[]> {
  const worker = begin();
  const answers: string[] = [];
  try {
    return await new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (answer) => {
        answers.push(answer);
        if (answers.length === jobs.length) resolve(answers);
      });
      for (const job of jobs) worker.postMessage(job);
    });
  } finally {
    await worker.terminate();
  }
}
