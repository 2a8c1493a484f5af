import { Worker } from 'node:worker_threads';

type Job = object;

export async function computeInThreads(jobs: readonly Job[], threads: number): Promise<string[]> {
  const answers: string[] = [];
  const running = new Set<Worker>();
  let next = 0;
  const goOn = async (): Promise<void> => {
    const place = next;
    next += 1;
    if (place >= jobs.length) return;
    answers[place] = await computeAlone(jobs[place], running);
    await goOn();
  };
  try {
    await Promise.all(Array.from({ length: threads }, goOn));
  } finally {
    for (const worker of running) void worker.terminate();
  }
  return answers;
}

function computeAlone(job: Job | undefined, running: Set<Worker>): Promise<string> {
  const worker = new Worker(new URL('worker.mjs', import.meta.url));
  running.add(worker);
  return new Promise<string>((resolve, reject) => {
    worker.on('message', resolve).on('error', reject);
    worker.postMessage(job);
  }).finally(() => {
    running.delete(worker);
    void worker.terminate();
  });
}
