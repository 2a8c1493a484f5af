import {
  CancelledError,
  Future,
  sleep,
  startTask,
  type Coroutine,
  type Task,
} from '../../src/loop/index.js';

/** Writes down what happens, in its order. */
type Log = (text: string) => void;

/** Makes a coroutine that tells of its steps; whatever drives it, it must tell the same. */
export type Scenario = (log: Log) => Coroutine<unknown>;

/** A task that says when it begins, sleeps and ends. */
export function napping(log: Log, who: string, durationMs: number): Task<string> {
  return startTask(function* nap() {
    log(`${who} begins`);
    try {
      yield* sleep(durationMs);
      log(`${who} ends`);
    } catch (error) {
      log(`${who} is cancelled`);
      throw error;
    }
    return who;
  });
}

/** Waits for something and says how it ended. */
export function* outcome(log: Log, what: Future<unknown>): Coroutine<void> {
  try {
    log(`result ${String(yield* what)}`);
  } catch (error) {
    log(error instanceof CancelledError ? 'cancelled' : `error ${String(error)}`);
  }
}

/** Lets the others have a turn. */
export function pass(): Future<void> {
  return sleep(0);
}

/** Drives a coroutine as native code does: awaits what it yields. */
export async function driveNatively<T>(coroutine: Coroutine<T>): Promise<T> {
  let step = coroutine.next();
  while (step.done !== true) {
    try {
      await step.value;
    } catch {
      // The coroutine asks the future itself, and is told.
    }
    step = coroutine.next();
  }
  return step.value;
}
