import { once } from 'node:events';

export function sleepBlocking(ms: number): void {
  Atomics.wait(new BigInt64Array(new SharedArrayBuffer(8)), 0, 0n, ms);
}

const due: { readonly atMs: number; readonly wake: () => void }[] = [];
let alarm: AbortSignal | undefined;

/** One alarm for all sleepers, set anew for whoever is to be woken next. */
export function sleepAsynchronously(ms: number): Promise<void> {
  return new Promise((wake) => {
    due.push({ atMs: performance.now() + ms, wake });
    due.sort((one, other) => one.atMs - other.atMs);
    void setAlarm();
  });
}

async function setAlarm(): Promise<void> {
  const [next] = due;
  if (next === undefined) return;
  const mine = AbortSignal.timeout(Math.max(1, Math.ceil(next.atMs - performance.now())));
  alarm = mine;
  await once(mine, 'abort');
  if (alarm !== mine) return;
  while (due[0] !== undefined && due[0].atMs <= performance.now()) due.shift()?.wake();
  await setAlarm();
}
