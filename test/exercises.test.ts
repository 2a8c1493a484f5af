import { it } from 'vitest';
import { OWN_EXERCISES, readExercises } from '../src/learn/exercise-folder.js';
import { verifyExercise } from '../src/learn/verify-exercise.js';

const SEEDS = [1, 2, 3];
const TIME_LIMIT_MS = 300_000;

// Five exercises at a time, each with one attempt after another: attempts wait for answers, and some for their limit.
it.concurrent.for(readExercises(OWN_EXERCISES))(
  'exercise $id fails as it is handed out, passes right answers and names each wrong one',
  { timeout: TIME_LIMIT_MS },
  async (exercise, { expect }) => {
    expect(await verifyExercise(exercise, { seeds: SEEDS, concurrency: 1 })).toEqual([]);
  },
);
