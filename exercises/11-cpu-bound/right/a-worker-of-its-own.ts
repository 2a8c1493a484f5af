import { Worker } from 'node:worker_threads';

type Job = object;

const COMPUTE = new URL('./compute.mjs', import.meta.url).href;
const CODE = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(${JSON.stringify(COMPUTE)}).then(({ compute }) => {
    const { jobs, next } = workerData;
    for (let place = Atomics.add(next, 0, 1); place < jobs.length; place = Atomics.add(next, 0, 1)) {
      parentPort.postMessage([place, compute(jobs[place])]);
    }
  });
`;

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const answers: string[] = [];
  // The threads take the jobs themselves, from a number that they share, and end when none is left.
  const next = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from(
    { length: Math.min(threads, jobs.length) },
    () => new Worker(CODE, { eval: true, workerData: { jobs, next } }),
  );
  const isThrough = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      worker.on('message', ([place, answer]: [number, string]) => (answers[place] = answer));
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  try {
    await Promise.all(workers.map(isThrough));
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw error;
  }
  return answers;
}
