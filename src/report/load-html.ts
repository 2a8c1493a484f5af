import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import { summarizeLoad, type LoadSummary } from '../statistics/load-summary.js';
import { environmentSection } from './environment-html.js';
import { figure, list, paragraph, renderPage, section, table } from './html-page.js';
import { drawPercentiles } from './load-percentile-svg.js';
import {
  busySentence,
  connectingSentence,
  latenessSentence,
  loadFailureSentences,
  loadHeadline,
  loadTitle,
  lossSentence,
  warmupSentence,
} from './load-sentences.js';
import { latencyTable } from './load-table.js';
import { drawLoadOverTime } from './load-time-svg.js';
import { LOAD_TIME_COLUMNS, loadTimeRows } from './load-time-table.js';
import { overheadSentence } from './sentences.js';
import type { Column } from './table.js';

const FAILURE_COLUMNS: readonly Column[] = [
  { heading: 'kind', align: 'left' },
  { heading: 'calls', align: 'right' },
  { heading: 'of all', align: 'right' },
  { heading: 'for example', align: 'left' },
];

/** A load run as one HTML page that needs nothing beside it: what came of it first, every picture with its numbers. */
export function renderLoadHtml(run: LoadRun): string {
  const summary = summarizeLoad(run);
  const told = [warmupSentence(summary), lossSentence(run, summary)];
  const warnings = [...run.warnings, ...loadFailureSentences(run)];
  const notes = [
    connectingSentence(run),
    busySentence(run),
    latenessSentence(summary),
    overheadSentence(run),
    'Percentiles are within a thousandth of latencies that were observed.',
  ];
  const stopped = 'Stopped before the end; this is what was measured so far.';
  return renderPage({
    title: loadTitle(run),
    parts: [
      ...(run.interrupted ? [paragraph(stopped, 'warning')] : []),
      paragraph(`${loadHeadline(run, summary)}.`, 'verdict'),
      ...told.filter((text) => text !== undefined).map((text) => paragraph(text)),
      ...(warnings.length === 0 ? [] : [list(warnings, 'warning')]),
      ...latencyParts(run, summary),
      ...timeParts(run, summary),
      ...failureParts(run),
      section('Remarks', list(notes.filter((note) => note !== undefined))),
      environmentSection(run.environment, run.version),
    ],
  });
}

function latencyParts(run: LoadRun, summary: LoadSummary): string[] {
  const [drawing, numbers] = [drawPercentiles(run, summary), latencyTable(run, summary)];
  if (drawing === undefined || numbers === undefined) return [];
  const axes =
    'To the right every further nine of the percentile has as much room as the one before; upwards equal factors are equally far apart.';
  const caption =
    run.plan.ratePerSecond === undefined
      ? `Latency counts from the actual start, for in a closed loop a call begins when one before it has ended. ${axes}`
      : 'A call that has to wait before it can begin is slow for whoever wanted it then: the corrected latency has that wait in it, ' +
        `the uncorrected one hides it. ${axes}`;
  return [
    section(
      'How long a call took',
      figure(
        drawing,
        caption,
        table('Latency of the calls that ended well', numbers.columns, numbers.rows),
      ),
    ),
  ];
}

function timeParts(run: LoadRun, summary: LoadSummary): string[] {
  const drawing = drawLoadOverTime(run, summary);
  if (drawing === undefined) return [];
  return [
    section(
      'Over time',
      figure(
        drawing,
        `In stretches of ${formatDuration(run.bucketMs)}; a call belongs to the one in which it ended. Where a curve has a gap, no call ` +
          'began, or none ended well.',
        table('Over time', LOAD_TIME_COLUMNS, loadTimeRows(run, summary)),
      ),
    ),
  ];
}

function failureParts({ failures, counts }: LoadRun): string[] {
  if (failures.length === 0) return [];
  const rows = failures
    .toSorted((a, b) => b.count - a.count)
    .map(({ code, count, example }) => [
      code,
      formatCount(count),
      formatShare(count / (counts.ok + counts.failed)),
      example,
    ]);
  return [section('What failed', table('Failures by kind', FAILURE_COLUMNS, rows))];
}
