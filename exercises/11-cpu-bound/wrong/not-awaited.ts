// A thread that has begun is taken for one that is through.
import { Worker } from 'node:worker_threads';
import type { Job } from './compute.mjs';

const begin = (): Worker => new Worker(new URL('./worker.mjs', import.meta.url));

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const answers: string[] = [];
  const workers = Array.from({ length: threads }, begin);
  for (const worker of workers) worker.on('message', (answer) => answers.push(answer));
  for (const [place, job] of jobs.entries()) workers[place % threads]?.postMessage(job);
  return answers;
}
