import { expect, it } from 'vitest';
import { OWN_EXERCISES, readExercises } from '../src/learn/exercise-folder.js';
import { verifyExercise } from '../src/learn/verify-exercise.js';

const SEEDS = [1, 2, 3];
const TIME_LIMIT_MS = 120_000;

it.each(readExercises(OWN_EXERCISES))(
  'exercise $id fails as it is handed out, passes right answers and names each wrong one',
  async (exercise) => {
    expect(await verifyExercise(exercise, { seeds: SEEDS, concurrency: 2 })).toEqual([]);
  },
  TIME_LIMIT_MS,
);
