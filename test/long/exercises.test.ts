import { expect, it } from 'vitest';
import { OWN_EXERCISES, readExercises } from '../../src/learn/exercise-folder.js';
import { verifyExercise } from '../../src/learn/verify-exercise.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const TIME_LIMIT_MS = 300_000;

it.each(readExercises(OWN_EXERCISES))(
  'exercise $id passes its solution with 20 seeds',
  async (exercise) => {
    expect(await verifyExercise(exercise, { seeds: SEEDS, concurrency: 2 })).toEqual([]);
  },
  TIME_LIMIT_MS,
);
