import { Worker } from 'node:worker_threads';

type Job = object;

export function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const answers: string[] = [];
    const workers: Worker[] = [];
    let left = jobs.length;
    const end = (settle: () => void): void => {
      const ends = workers.map((worker) => worker.terminate());
      Promise.all(ends).then(settle, reject);
    };
    for (let first = 0; first < Math.min(threads, jobs.length); first += 1) {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url));
      workers.push(worker);
      const places = [...jobs.keys()].filter((place) => place % threads === first);
      worker.on('error', (error) => end(() => reject(error)));
      // A thread answers in the order in which it was handed its jobs.
      worker.on('message', (answer: string) => {
        answers[places.shift() ?? 0] = answer;
        left -= 1;
        if (left === 0) end(() => resolve(answers));
      });
      for (const place of places) worker.postMessage(jobs[place]);
    }
  });
}
