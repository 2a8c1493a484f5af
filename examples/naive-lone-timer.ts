// A loop as one might write it first: wait for descriptors until the timer is due, then sleep until it is due. The time to
// sleep is computed before the wait and used after it, so a lone timer is late by as long as it was set.
import { EpollSelector, sleep } from 'lwasync/loop';

const DELAY_MS = 200;

function naive(): void {
  const selector = new EpollSelector();
  const deadlineMs = performance.now() + DELAY_MS;
  const idleMs = deadlineMs - performance.now();
  selector.select(idleMs);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, idleMs);
  selector.close();
}

export function* main() {
  let beganMs = performance.now();
  naive();
  console.log(`naive: ${DELAY_MS} ms take about ${about(performance.now() - beganMs)} ms`);
  beganMs = performance.now();
  yield* sleep(DELAY_MS);
  console.log(`this loop: ${DELAY_MS} ms take about ${about(performance.now() - beganMs)} ms`);
}

function about(durationMs: number): number {
  return Math.round(durationMs / 100) * 100;
}
