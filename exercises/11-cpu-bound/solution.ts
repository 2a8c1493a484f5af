import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compute, type Job } from './compute.mjs';

/** All jobs at the same time, it seems: async functions, and Promise.all. Given, to be measured beside yours. */
export async function computeWithPromises(jobs: readonly Job[]): Promise<string[]> {
  return Promise.all(jobs.map(async (job) => compute(job)));
}

/**
 * Computes all jobs in worker threads and returns the answers in the order of the jobs: two or more at the same time where
 * `threads` allows it, and never more than that. This thread stays free. When a job fails, rejects with its error at once. Either
 * way no thread is left.
 */
export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const answers: string[] = [];
  // All share one iterator, so each job is taken once, by whoever is free.
  const left = jobs.entries();
  const workers = Array.from({ length: Math.min(threads, jobs.length) }, beginWorker);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const [place, job] of left) answers[place] = await ask(worker, job);
      }),
    );
    return answers;
  } finally {
    // Also in the middle of a job, when another one has failed.
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function beginWorker(): Worker {
  return new Worker(new URL('./worker.mjs', import.meta.url));
}

async function ask(worker: Worker, job: Job): Promise<string> {
  worker.postMessage(job);
  // Rejects when an 'error' comes instead.
  const [answer] = await once(worker, 'message');
  return answer;
}
