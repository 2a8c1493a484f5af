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

/** What a figure ought not to exceed. */
export interface Limit<Figure extends string> {
  readonly subject: Subject;
  /** The subject whose figure is taken off; without one the figure itself counts. */
  readonly over?: Subject;
  readonly figure: Figure;
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

/** Each limit, the figure in this run, and whether it was met. */
export function limitTable<Figure extends string>(
  measurements: Measurements<Figure>,
  limits: readonly Limit<Figure>[],
  format: (value: number) => string,
): Table {
  return {
    kind: 'table',
    columns: ['what', 'setting', 'goal', 'this run', 'met'],
    rows: limits.map(({ subject, over, figure, limit }) => {
      const values =
        over === undefined
          ? measurements.values(subject, figure)
          : measurements.differences(subject, over, figure);
      return [
        differenceOf(subject.name, over?.name),
        differenceOf(subject.setting, over?.setting),
        `at most ${format(limit)}`,
        formatSpread(spreadOf(values), format),
        verdict({ kind: 'at most', limit }, values),
      ];
    }),
  };
}

// A dash is the setting of what has none.
function differenceOf(from: string, what = from): string {
  return what === from || what === '–' ? from : `${from} − ${what}`;
}

function verdict(
  { kind, limit }: { readonly kind: 'at most' | 'above'; readonly limit: number },
  values: readonly number[],
): string {
  if (values.length === 0) return 'not measured';
  const met = values.filter((value) => (kind === 'above' ? value > limit : value <= limit)).length;
  if (met === values.length) return 'yes';
  return met === 0 ? 'no' : `in ${met} of ${values.length} rounds`;
}
