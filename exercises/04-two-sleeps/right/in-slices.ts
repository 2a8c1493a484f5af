import { promisify } from 'node:util';

const cell = new Int32Array(new SharedArrayBuffer(4));
const later = promisify(setTimeout);

export function sleepBlocking(ms: number): void {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) Atomics.wait(cell, 0, 0, left);
}

export async function sleepAsynchronously(ms: number): Promise<void> {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) await later(left);
}
