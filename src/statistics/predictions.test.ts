import { expect, it } from 'vitest';
import { buildMode, buildRun, buildWaves } from '../../test/support/build-run.js';
import { predictions } from './predictions.js';

const sync = buildMode('sync', [buildWaves(8, 1, 100)]);

it('has the ideal of the waves with N calls and with twice as many, measured or not', () => {
  const async = buildMode('async', [buildWaves(8, 4, 100)], 4);
  const rows = predictions(buildRun([sync, async]));
  expect(rows).toMatchObject([
    { name: 'async', number: 8, ideal: 4, predicted: undefined, measured: { ratio: 4 } },
    { name: 'async', number: 16, ideal: 4, predicted: 4, measured: undefined },
  ]);
});

it('takes the measured ratio with twice the calls where that was made', () => {
  const async = buildMode('async', [buildWaves(8, 8, 100)]);
  const doubled = {
    number: 16,
    modes: [
      buildMode('sync', [buildWaves(16, 1, 100)]),
      buildMode('async', [buildWaves(16, 16, 125)]),
    ],
  };
  const [, twice] = predictions(buildRun([sync, async], { doubled }));
  expect(twice).toMatchObject({ number: 16, ideal: 16, predicted: 16 });
  expect(twice?.measured?.ratio).toBeCloseTo(12.8, 9);
});

it('is empty where there is nothing to compare, and has no ideal for two tasks', () => {
  expect(predictions(buildRun([sync]))).toEqual([]);
  const other = { ...sync, name: 'b', task: { kind: 'module', text: 'b' } } as const;
  expect(predictions(buildRun([sync, other]))[0]).toMatchObject({ ideal: undefined });
});
