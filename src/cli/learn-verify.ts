import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { OWN_EXERCISES, readExercises } from '../learn/exercise-folder.js';
import { verifyExercise } from '../learn/verify-exercise.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { onInterrupt } from './interrupt.js';
import { outputLook } from './learn-list.js';
import { meanwhile } from './learn-meanwhile.js';
import { paragraph } from './learn-text.js';
import { print, remark } from './terminal.js';

/** What `lwasync learn verify` takes. */
export interface VerifyWords {
  /** With how many seeds each solution has to pass. */
  readonly seeds: number;
}

/** Holds the checks of a set of exercises against their right and wrong answers, and prints what is not as it should be. */
export async function runVerify(
  folder: string | undefined,
  { seeds }: VerifyWords,
): Promise<ExitCode> {
  const exercises = readExercises(folder === undefined ? OWN_EXERCISES : resolve(folder));
  const interrupt = onInterrupt(() => true);
  const look = outputLook();
  const options = {
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    concurrency: availableParallelism(),
    signal: interrupt.signal,
  };
  let isGood = true;
  try {
    for (const exercise of exercises) {
      const complaints = await meanwhile(`verifying ${exercise.id} …`, () =>
        verifyExercise(exercise, options),
      );
      isGood &&= complaints.length === 0;
      print(`${complaints.length === 0 ? '✓' : '✗'} ${exercise.id}`);
      for (const complaint of complaints) print(paragraph(complaint, look));
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    remark('stopped before the end');
    return EXIT.interrupted;
  } finally {
    interrupt.stop();
  }
  return isGood ? EXIT.done : EXIT.expectationFailed;
}
