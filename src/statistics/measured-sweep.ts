import type { Round } from '../core/run.js';
import type { SweepRun } from '../core/sweep.js';
import { callsOfRounds, ratesOf, type Measured } from './measured.js';
import { completeRounds } from './round-summary.js';
import { judgeSweep } from './sweep-verdict.js';
import { estimateUnpairedRatio } from './unpaired-ratio.js';

/**
 * What was measured in a sweep, level by level. The ratio of a level is its throughput over that of one in flight. The rounds of
 * two levels are not made in pairs, so its interval is that of two groups; rounds in which a call failed are left out. Without a
 * number an expectation is about the level at the stop, or the last one where there is no stop.
 */
export function measuredInSweep(run: SweepRun): Measured {
  const { mode: name, over } = run;
  const levels = run.levels.map((level) => ({
    at: over === 'number' ? level.number : level.concurrency,
    rounds: completeRounds(level),
  }));
  const usualAt = judgeSweep(run)?.atStop.at ?? levels[0]?.at ?? 1;
  const all = levels.flatMap(({ rounds }) => rounds);
  const first = levels.find(({ at }) => at === 1);
  const below = ratesWithoutFailures(first?.rounds ?? []);
  return {
    ratios: levels.flatMap(({ at, rounds }) => {
      const above = ratesWithoutFailures(rounds);
      if (above.length === 0 || below.length === 0) return [];
      // One in flight is as fast as itself, whatever its rounds differ by.
      const estimate =
        at === 1
          ? { ratio: 1, interval: [1, 1] as const, pairs: below.length }
          : estimateUnpairedRatio(above, below);
      return [{ name, at, estimate }];
    }),
    calls: levels.map(({ at, rounds }) => callsOfRounds(name, at, rounds)),
    together: callsOfRounds(name, usualAt, all),
    usual: { name, at: usualAt },
  };
}

function ratesWithoutFailures(rounds: readonly Round[]): number[] {
  return ratesOf(rounds.filter(({ calls }) => calls.tally().failed === 0));
}
