// Atomics.wait is taken to wait for the value that it is told; it waits as long as the value is there.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, ms);
}

export function sleepAsynchronously(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
