// Promise.all is taken to stop the others when one fails.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const left = [...jobs.entries()];
  const answers: string[] = [];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = begin();
      try {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          answers[next[0]] = await ask(worker, next[1]);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return answers;
}

async function ask(worker: Worker, job: Job): Promise<string> {
  worker.postMessage(job);
  const [answer] = await once(worker, 'message');
  return answer;
}
