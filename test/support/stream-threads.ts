import { availableParallelism } from 'node:os';
import { EventLoop, gather, runInThread, type Coroutine } from '../../src/loop/index.js';
import { runChecked, type Setting } from './stream-leaks.js';

/**
 * As `runChecked`, for what runs functions in threads: they stay for the next, with descriptors of their own, so there are
 * to be as many of them before as after.
 */
export async function runThreadsChecked(
  setting: Omit<Setting, 'name'>,
  main: (loop: EventLoop) => Coroutine<void>,
): Promise<void> {
  await warmThreads();
  await runChecked(setting, main, warmThreads);
}

/** Starts all threads that may be kept. */
async function warmThreads(): Promise<void> {
  const loop = new EventLoop();
  const modules = Array.from({ length: availableParallelism() }, () => ['node:path', 'basename']);
  try {
    await loop.host(() =>
      gather(modules.map(([module = '', name = '']) => runInThread(module, name, ['/a/b']))),
    );
  } finally {
    loop.close();
  }
}
