import { formatCount, formatRatio, formatShare, formatSignificant } from '../core/format-units.js';
import type { Prediction } from '../statistics/predictions.js';
import type { Column } from './table.js';

/** The columns of the table of predictions. */
export const PREDICTION_COLUMNS: readonly Column[] = [
  { heading: 'mode', align: 'left' },
  { heading: 'calls', align: 'right' },
  { heading: 'ideal', align: 'right' },
  { heading: 'predicted', align: 'right' },
  { heading: 'measured', align: 'right' },
  { heading: '95 % interval', align: 'right' },
  { heading: 'of the ideal', align: 'right' },
];

/** One row a prediction: how many times as fast as the baseline it was to be, and was. */
export function predictionRows(predictions: readonly Prediction[]): string[][] {
  return predictions.map(({ name, number, ideal, predicted, measured }) => [
    name,
    formatCount(number),
    ideal === undefined ? '-' : formatRatio(ideal),
    predicted === undefined ? '-' : formatRatio(predicted),
    measured === undefined ? 'not measured' : formatRatio(measured.ratio),
    measured?.interval === undefined
      ? '-'
      : measured.interval.map((bound) => formatSignificant(bound)).join(' to '),
    measured === undefined || ideal === undefined ? '-' : formatShare(measured.ratio / ideal),
  ]);
}
