// Calling a function is taken for handing it over to be called later; the editor underlines it, Node says nothing.
export function sleepBlocking(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export async function sleepAsynchronously(ms: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve(), ms));
}
