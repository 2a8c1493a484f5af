// Answers of threads are taken to come in the order of the jobs.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const left = [...jobs];
  const answers: string[] = [];
  const workers = Array.from({ length: threads }, begin);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let job = left.shift(); job !== undefined; job = left.shift()) {
          answers.push(await ask(worker, job));
        }
      }),
    );
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
