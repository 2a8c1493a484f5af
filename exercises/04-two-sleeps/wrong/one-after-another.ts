// Sleeps are taken to need one another's permission.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

let last: Promise<unknown> = Promise.resolve();

export function sleepAsynchronously(ms: number): Promise<void> {
  const sleep = last.then(() => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  last = sleep;
  return sleep;
}
