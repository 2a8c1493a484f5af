// A failure that is settled is taken for one that was told.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const left = [...jobs.entries()];
  const answers: string[] = [];
  let hasFailed = false;
  const workers = Array.from({ length: threads }, begin);
  const failure = new Promise<void>((resolve) => {
    for (const worker of workers) worker.on('error', () => resolve());
  });
  const work = workers.map(async (worker) => {
    for (let next = left.shift(); next !== undefined && !hasFailed; next = left.shift()) {
      answers[next[0]] = await ask(worker, next[1]);
    }
  });
  await Promise.race([failure, Promise.allSettled(work)]);
  hasFailed = true;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return answers;
}

async function ask(worker: Worker, job: Job): Promise<string> {
  worker.postMessage(job);
  const [answer] = await once(worker, 'message');
  return answer;
}
