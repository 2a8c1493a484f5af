// try and await are taken to catch what a thread throws.
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const left = [...jobs.entries()];
  const answers: string[] = [];
  const workers = Array.from({ length: threads }, begin);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const answer = new Promise<string>((resolve) => worker.once('message', resolve));
          worker.postMessage(next[1]);
          answers[next[0]] = await answer;
        }
      }),
    );
    return answers;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
