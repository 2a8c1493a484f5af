// Runs in the learner's thread, with what the learner's module exports.
import { readFileSync } from 'node:fs';
import { startSelector, type EndedCall, type Selector } from 'lwasync/learn';
import type { Happening } from './happening.js';
import type { Learner } from './learner.js';
import type { Program } from './program.js';
import { ScriptedWorld } from './scripted-world.js';

/** Runs each program on a loop of its own, whose selector and clock are scripted, and tells what happened. */
export async function runPrograms(
  learner: Learner,
  programs: readonly Program[],
): Promise<Happening[][]> {
  const logs: Happening[][] = [];
  for (const program of programs) logs.push(await new ScriptedWorld(learner).run(program));
  return logs;
}

/** A real selector that tells when it was asked and returned, in milliseconds since 1970. */
class ObservedSelector implements Selector {
  readonly sleeps: { readonly fromMs: number; readonly toMs: number }[] = [];
  readonly #selector = startSelector();

  get(url: string): number {
    return this.#selector.get(url);
  }

  select(timeoutMs: number): readonly EndedCall[] {
    const fromMs = performance.timeOrigin + performance.now();
    const ended = this.#selector.select(timeoutMs);
    this.sleeps.push({ fromMs, toMs: performance.timeOrigin + performance.now() });
    return ended;
  }

  close(): void {
    this.#selector.close();
  }
}

/** On a real selector: a call that is answered only when a timer has run, beside another timer in an hour; then an error. */
export async function wakeUp(
  learner: Learner,
  url: string,
  say: (what: string) => void,
): Promise<{ readonly answer: unknown; readonly error: unknown }> {
  const selector = new ObservedSelector();
  const loop = new learner.EventLoop(selector);
  try {
    const answer = await loop.run(async () => {
      loop.callLater(3_600_000, () => say('an hour has passed'));
      loop.callLater(20, () => say('timer'));
      return loop.get(url);
    });
    const error = await loop
      .run(async () => {
        await new Promise<void>((resolve) => loop.callSoon(resolve));
        throw new Error('main failed');
      })
      .catch((thrown: unknown): unknown => Object(thrown).message);
    return { answer, error };
  } finally {
    selector.close();
  }
}

/** Makes so many calls on a real selector once and then once more, and tells of the second time. */
export async function measureCalls(learner: Learner, number: number, url: string): Promise<object> {
  const selector = new ObservedSelector();
  const loop = new learner.EventLoop(selector);
  const all = (): Promise<unknown[]> =>
    loop.run(() => Promise.all(Array.from({ length: number }, () => loop.get(url))));
  try {
    // These connect.
    await all();
    selector.sleeps.length = 0;
    const cpuBeforeMs = threadCpuMs();
    const fromMs = performance.timeOrigin + performance.now();
    await all();
    const toMs = performance.timeOrigin + performance.now();
    const cpuMs = cpuBeforeMs === undefined ? undefined : (threadCpuMs() ?? 0) - cpuBeforeMs;
    return { fromMs, toMs, sleeps: selector.sleeps, cpuMs };
  } finally {
    selector.close();
  }
}

// Linux, Documentation/scheduler/sched-stats.rst: schedstat begins with the time spent on the CPU, in ns.
function threadCpuMs(): number | undefined {
  try {
    return Number.parseInt(readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1e6;
  } catch {
    return undefined;
  }
}
