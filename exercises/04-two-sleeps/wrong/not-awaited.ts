// A timer is taken for a promise: await goes on at once with what is none.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export async function sleepAsynchronously(ms: number): Promise<void> {
  await setTimeout(() => {}, ms);
}
