// A promise is taken to be rejected by whatever goes wrong meanwhile.
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
        worker.on('error', (error) => console.log(error.message));
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          answers[next[0]] = await new Promise<string>((resolve) =>
            worker.once('message', resolve).postMessage(next![1]),
          );
        }
      }),
    );
    return answers;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
