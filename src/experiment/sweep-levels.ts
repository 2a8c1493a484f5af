import { monotonicNow } from '../core/clock.js';
import { formatCount, formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { LevelSummary } from '../statistics/level-summary.js';
import { ROUNDS_TO_TELL } from '../statistics/stop-rule.js';
import { nextBisection, nextCandidates, nextDoubling, unsureOf } from './level-plan.js';
import type { LevelSeries } from './level-series.js';
import type { SweepSettings } from './sweep-options.js';

// Doubling comes first, but what it found has to be looked at more closely too.
const SHARE_FOR_DOUBLING = 0.6;
const SHARE_FOR_BISECTION = 0.75;
const MOST_PASSES = 12;
// Of so many waves a last one that is not full costs at most a tenth.
const WAVES_TO_SETTLE = 10;

/**
 * Measures level after level: doubled, then halved around the bend, then those that decide and those that are named again,
 * interleaved. Resolves to what cut it short, as sentences.
 */
export async function measureLevels(
  series: LevelSeries,
  { budgetMs, most, levels, over, concurrency }: SweepSettings,
): Promise<string[]> {
  const beganMs = monotonicNow();
  const fits = (at: number, share: number): boolean =>
    monotonicNow() - beganMs + series.expectedMs(at) <= budgetMs * share;
  const settledAt = over === 'number' && concurrency < most ? WAVES_TO_SETTLE * concurrency : 0;
  const doubled = (): number | undefined => nextDoubling(series.summaries(), most, settledAt);
  const halved = (): number | undefined => nextBisection(series.summaries());
  for (;;) {
    const ending = await measureAll(series, doubled, (at) => fits(at, SHARE_FOR_DOUBLING));
    const tried = series.summaries().at(-1)?.at ?? 1;
    await measureAll(series, halved, (at) => fits(at, SHARE_FOR_BISECTION));
    const enough = await measureCandidates(series, levels, fits);
    const unsure = enough ? [] : unsureLevels(series.summaries(), levels, budgetMs);
    if (ending === 'no time') {
      return [
        `the time of ${formatDuration(budgetMs)} for the whole sweep allowed no level beyond ${formatCount(tried)}; ` +
          `--budget allows more.`,
        ...unsure,
      ];
    }
    // What was measured again may show that the last doubling gained after all.
    if (ending === 'failed' || doubled() === undefined) return unsure;
  }
}

function unsureLevels(
  measured: readonly LevelSummary[],
  named: readonly number[],
  budgetMs: Milliseconds,
): string[] {
  const unsure = unsureOf(measured, named);
  if (unsure.length === 0) return [];
  return [
    `the time of ${formatDuration(budgetMs)} for the whole sweep was over before ` +
      `${unsure.map((level) => formatCount(level)).join(' and ')} in flight had been measured ${ROUNDS_TO_TELL} times; ` +
      `--budget allows more.`,
  ];
}

// Measures one level after the other, as `next` names them.
async function measureAll(
  series: LevelSeries,
  next: () => number | undefined,
  fits: (at: number) => boolean,
): Promise<'done' | 'no time' | 'failed'> {
  for (let at = next(); at !== undefined; at = next()) {
    // The first level tells how long anything takes.
    if (at > 1 && !fits(at)) return 'no time';
    if (!(await series.measure(at))) return 'failed';
  }
  return 'done';
}

// In each pass a round of every level that has too few, in alternating order. What is measured may move the stop. Resolves to
// false when there was no time for all of them.
async function measureCandidates(
  series: LevelSeries,
  named: readonly number[],
  fits: (at: number, share: number) => boolean,
): Promise<boolean> {
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const wanted = nextCandidates(series.summaries(), named);
    if (wanted.length === 0) return true;
    for (const at of pass % 2 === 1 ? wanted.toReversed() : wanted) {
      if (!fits(at, 1)) return false;
      if (!(await series.measure(at))) return true;
    }
  }
  return true;
}
