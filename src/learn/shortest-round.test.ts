import { expect, it } from 'vitest';
import { shortestRound } from './shortest-round.js';

it.each([
  [[3, 1, 2], 1],
  [[1, 2, 3], 0],
  [[3, 2, 1], 2],
])('of rounds that take %j ms it keeps the one at %d, whole', async (durations, place) => {
  const rounds = durations.map((durationMs, round) => ({ durationMs, round }));
  let next = 0;
  const kept = await shortestRound(async () => {
    const round = rounds[next] ?? { durationMs: 0, round: -1 };
    next += 1;
    return round;
  });
  expect(kept).toEqual(rounds[place]);
  expect(next).toBe(3);
});
