// Each thread gets a part of the list, and a job that fails may stand behind a long one.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

type Job = object;

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const size = Math.ceil(jobs.length / threads);
  const workers: Worker[] = [];
  const parts: Promise<string[]>[] = [];
  for (let from = 0; from < jobs.length; from += size) {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url));
    workers.push(worker);
    parts.push(computePart(worker, jobs.slice(from, from + size)));
  }
  try {
    return (await Promise.all(parts)).flat();
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function computePart(worker: Worker, part: readonly Job[]): Promise<string[]> {
  const answers: string[] = [];
  for (const job of part) {
    worker.postMessage(job);
    const [answer] = await once(worker, 'message');
    answers.push(answer);
  }
  return answers;
}
