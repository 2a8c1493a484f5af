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
  // YOUR CODE HERE: begin threads with worker.mjs, hand them the jobs, collect the answers, end the threads.
  return computeWithPromises(jobs);
}
