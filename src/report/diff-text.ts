import {
  formatDuration,
  formatRatio,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import type { Seconds } from '../core/units.js';
import { median, sortSamples } from '../statistics/sorted-samples.js';
import {
  FEWEST_ROUNDS,
  type PartDiff,
  type RunDiff,
  type SavedPart,
  type SlowdownResult,
} from '../statistics/run-diff.js';
import type { Style } from './style.js';
import { renderTable, type Column } from './table.js';

const COLUMNS: readonly Column[] = [
  { heading: '', align: 'left' },
  { heading: '', align: 'left' },
  { heading: 'before', align: 'right' },
  { heading: 'after', align: 'right' },
  { heading: 'change', align: 'right' },
];

/** What changed from one measurement to another for people: a sentence for each part, then the numbers. */
export function renderDiff(diff: RunDiff, style: Style): string {
  const rows = diff.parts.flatMap((part) => partRows(part));
  return [
    diffSentences(diff)
      .map((text) => style.strong(text))
      .join('\n'),
    ...(rows.length === 0 ? [] : [renderTable(COLUMNS, rows)]),
  ].join('\n\n');
}

/** What was not the same, a sentence each. */
export function circumstanceSentences({ circumstances, onlyBefore, onlyAfter }: RunDiff): string[] {
  return [
    ...circumstances.map(
      ({ what, before, after, isOtherWork }) =>
        `${isOtherWork ? 'Not the same was measured' : 'Not measured under the same conditions'}, ${what}: ${before} before, ${after} after.`,
    ),
    ...onlyBefore.map((name) => `Only measured before: ${name}.`),
    ...onlyAfter.map((name) => `Only measured after: ${name}.`),
  ];
}

/** Whether each part got slower, a sentence each. */
export function diffSentences({ parts }: RunDiff): string[] {
  if (parts.length === 0) return ['There is nothing that was measured both times.'];
  return parts.map((part) => partSentence(part));
}

function partSentence({ name, slowdown, change }: PartDiff): string {
  if (change === 'calls failed') return `${name}: no verdict, because calls failed.`;
  if (slowdown === undefined) return `${name}: no verdict, because not a round was measured.`;
  const { ratio, interval } = slowdown;
  const times = `${formatPrecise(ratio)} times the time`;
  if (interval === undefined) {
    return `${name}: ${times}, too few rounds to tell (${FEWEST_ROUNDS} are needed each time).`;
  }
  const bounds = `95 %: ${formatPrecise(interval[0])} to ${formatPrecise(interval[1])}`;
  return change === 'none shown'
    ? `${name}: no change shown (${times}, ${bounds}).`
    : `${name} is ${change}: ${times} (${bounds}).`;
}

/** Whether each part stayed within a limit on slowing down, a sentence each. */
export function slowdownSentences(
  checks: readonly { readonly name: string; readonly result: SlowdownResult }[],
  most: number,
): string[] {
  return checks.map(
    ({ name, result }) => `Expected ${name} at most ${formatShare(most)} slower: ${result}.`,
  );
}

function partRows({ name, before, after, slowdown }: PartDiff): string[][] {
  const rows: readonly (readonly [string, Value, Value, (value: number) => string])[] = [
    ['time', middle(before), middle(after), formatSeconds],
    ['calls/s', before.throughput, after.throughput, formatSignificant],
    ['p50', before.p50, after.p50, formatSeconds],
    ['p99', before.p99, after.p99, formatSeconds],
    ['ratio', before.ratio?.ratio, after.ratio?.ratio, formatRatio],
  ];
  return rows
    .filter(([, was, is]) => was !== undefined || is !== undefined)
    .map(([what, was, is, format], index) => [
      index === 0 ? name : '',
      what,
      was === undefined ? '-' : format(was),
      is === undefined ? '-' : format(is),
      // Of the times it is the mean over the rounds that the sentence speaks of.
      changePhrase(what === 'time' && slowdown !== undefined ? slowdown.ratio : quotient(is, was)),
    ]);
}

type Value = number | undefined;

function quotient(is: Value, was: Value): Value {
  return is === undefined || was === undefined || was === 0 ? undefined : is / was;
}

function changePhrase(ratio: Value): string {
  if (ratio === undefined) return '-';
  const percent = Math.abs(ratio - 1) * 100;
  const digits = percent.toFixed(percent < 9.95 ? 1 : 0);
  return digits === '0.0' ? '0.0 %' : `${ratio < 1 ? '-' : '+'}${digits} %`;
}

function middle({ seconds }: SavedPart): Value {
  return median(sortSamples(seconds));
}

function formatSeconds(seconds: Seconds): string {
  return formatDuration(seconds * 1000);
}

// Around 1 the third decimal is what matters.
function formatPrecise(ratio: number): string {
  return ratio < 2 ? ratio.toFixed(3) : formatSignificant(ratio);
}
