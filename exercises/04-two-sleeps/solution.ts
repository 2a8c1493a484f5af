/** Holds the thread for `ms` milliseconds, in which it computes nothing; returns nothing. */
export function sleepBlocking(ms: number): void {
  // Nobody else has this memory, so nobody wakes the thread before the time is over.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Returns a promise that is fulfilled after `ms` milliseconds, in which the thread is free for others. */
export async function sleepAsynchronously(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
