import { expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { meanPhases } from './call-phases.js';

it('is the mean of each part over the calls that ended well, and the parts add up', () => {
  const round = buildRound([
    [0, 100],
    [20, 140],
    [40, 41, 'TIMEOUT'],
  ]);
  round.calls.reach(0, 10, 90);
  round.calls.reach(1, 30, 100);
  expect(meanPhases(round)).toEqual({
    queueMs: 10,
    callMs: 110,
    parts: { connectMs: 20, waitMs: 75, receiveMs: 15 },
  });
});

it('tells no parts where a call told of none, and nothing where none ended well', () => {
  const round = buildRound([
    [0, 100],
    [0, 100],
  ]);
  round.calls.reach(0, 10, 90);
  expect(meanPhases(round)).toEqual({ queueMs: 0, callMs: 100, parts: undefined });
  expect(meanPhases(buildRound([[0, 1, 'TIMEOUT']]))).toBeUndefined();
});
