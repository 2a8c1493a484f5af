/** Holds the thread for `ms` milliseconds, in which it computes nothing; returns nothing. */
export function sleepBlocking(ms: number): void {
  // YOUR CODE HERE: wait for `ms` in Atomics.wait, for a change of a value that nobody changes.
}

/** Returns a promise that is fulfilled after `ms` milliseconds, in which the thread is free for others. */
export async function sleepAsynchronously(ms: number): Promise<void> {
  // YOUR CODE HERE: have setTimeout fulfil a promise after `ms`, and wait for that promise.
}
