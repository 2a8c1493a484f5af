// The word async is taken to make a blocking sleep asynchronous.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export async function sleepAsynchronously(ms: number): Promise<void> {
  sleepBlocking(ms);
}
