// The main thread is taken for one of the threads that can be spared.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compute, type Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const answers: string[] = [];
  const left = [...jobs.entries()].slice(1);
  const workers = Array.from({ length: threads }, begin);
  try {
    const others = workers.map(async (worker) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        answers[next[0]] = await ask(worker, next[1]);
      }
    });
    if (jobs[0] !== undefined) answers[0] = compute(jobs[0]);
    await Promise.all(others);
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
