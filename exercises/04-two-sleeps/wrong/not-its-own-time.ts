// A promise that is there already is taken to be as good as a new one.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

let sleep: Promise<void> | undefined;

export function sleepAsynchronously(ms: number): Promise<void> {
  sleep ??= new Promise<void>((resolve) => setTimeout(resolve, ms)).then(() => (sleep = undefined));
  return sleep;
}
