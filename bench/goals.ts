import type { Table } from './group.js';
import type { Measurements, Subject } from './measurements.js';
import { formatRatio, formatSpread, spreadOf } from './samples.js';

/** What a ratio of two figures ought to be. */
export interface Goal<Figure extends string> {
  readonly upper: Subject;
  readonly lower: Subject;
  readonly figure: Figure;
  readonly kind: 'at most' | 'above';
  readonly limit: number;
}

/** Each goal, the ratio in this run, and whether it was met: in every round, in none, or in how many. */
export function goalTable<Figure extends string>(
  measurements: Measurements<Figure>,
  goals: readonly Goal<Figure>[],
): Table {
  return {
    kind: 'table',
    columns: ['ratio', 'setting', 'goal', 'this run', 'met'],
    rows: goals.map((goal) => {
      const { upper, lower, figure, kind, limit } = goal;
      const ratios = measurements.ratios(upper, lower, figure);
      return [
        `${upper.name} / ${lower.name}`,
        upper.setting,
        `${kind} ${formatRatio(limit)}`,
        formatSpread(spreadOf(ratios), formatRatio),
        verdict(goal, ratios),
      ];
    }),
  };
}

function verdict<Figure extends string>(
  { kind, limit }: Goal<Figure>,
  ratios: readonly number[],
): string {
  if (ratios.length === 0) return 'not measured';
  const met = ratios.filter((ratio) => (kind === 'above' ? ratio > limit : ratio <= limit)).length;
  if (met === ratios.length) return 'yes';
  return met === 0 ? 'no' : `in ${met} of ${ratios.length} rounds`;
}
