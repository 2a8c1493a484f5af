import { once } from 'node:events';
import { createRequire } from 'node:module';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { Milliseconds } from '../core/units.js';

/** What is used of koffi, which calls functions of C. */
interface Koffi {
  load(path: null): { func(declaration: string): (...words: number[]) => number };
}

// linux/prctl.h, and the number of the signal.
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
const LOOK_EVERY_MS: Milliseconds = 250;

/**
 * Sees to it that this process ends at once when its parent has ended, whatever ended that, and whatever keeps the main thread
 * busy here: on Linux the kernel does it (prctl(2)); elsewhere, and without koffi, a thread looks who the parent is. Resolves
 * when that is so.
 */
export async function endWithParent(parent: number): Promise<void> {
  if (!askKernel()) {
    const thread = new Worker(new URL(import.meta.url), { workerData: parent, execArgv: [] });
    await once(thread, 'online');
    thread.unref();
  }
  // It may have ended before.
  endWithout(parent);
}

function askKernel(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // koffi is an optional dependency: an import would end the program where it is missing.
    const koffi: Koffi = createRequire(import.meta.url)('koffi');
    const declaration = 'int prctl(int what, ulong a, ulong b, ulong c, ulong d)';
    return koffi.load(null).func(declaration)(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) === 0;
  } catch {
    return false;
  }
}

function endWithout(parent: number): void {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}

if (!isMainThread) setInterval(endWithout, LOOK_EVERY_MS, workerData);
