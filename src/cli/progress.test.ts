import { expect, it } from 'vitest';
import { loadProgressLine, progressLine } from './progress.js';

it('says which round of which mode is under way, how far it is and what failed', () => {
  const progress = {
    name: 'async',
    number: 1000,
    stage: 'round',
    round: 2,
    rounds: 3,
    tally: () => ({ begun: 700, ok: 480, failed: 20 }),
  } as const;
  expect(progressLine(progress, 1234)).toBe(
    'round 2 of 3 async      ██████████░░░░░░░░░░ 500/1,000, 200 in flight, 20 failed  1.200 s',
  );
});

it('says of load how much of the time has passed and how many calls have ended', () => {
  const plan = {
    durationMs: 10_000,
    number: undefined,
    ratePerSecond: undefined,
    concurrency: 50,
  };
  const tally = (): { begun: number; ok: number; failed: number } => ({
    begun: 2550,
    ok: 2490,
    failed: 10,
  });
  expect(loadProgressLine({ plan, plannedMs: 10_000, tally }, 2512)).toBe(
    '█████░░░░░░░░░░░░░░░ 2.500 s of 10.00 s, 2,500 calls, 50 in flight, 10 failed',
  );
});

it('does not promise a number of rounds that is open, nor count a warm-up among them', () => {
  const tally = (): { begun: number; ok: number; failed: number } => ({
    begun: 1,
    ok: 0,
    failed: 0,
  });
  const open = { name: 'sync', number: 10, round: 1, rounds: 'fit', tally } as const;
  expect(progressLine({ ...open, stage: 'round' }, 0)).toMatch(/^round 1 sync/);
  expect(progressLine({ ...open, stage: 'warm-up', rounds: 3 }, 0)).toMatch(/^warm-up 1 sync/);
});
