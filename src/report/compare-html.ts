import type { Run } from '../core/run.js';
import { predictions } from '../statistics/predictions.js';
import { remarksOn } from '../statistics/remarks.js';
import { judge } from '../statistics/verdict.js';
import { whyOf } from '../statistics/why.js';
import { environmentSection } from './environment-html.js';
import { figure, list, paragraph, renderPage, section, table } from './html-page.js';
import { drawInFlight } from './in-flight-svg.js';
import { IN_FLIGHT_COLUMNS, inFlightRows } from './in-flight-table.js';
import { modeColumns, modeRows } from './mode-table.js';
import { PHASE_COLUMNS, phaseRows } from './phase-table.js';
import { drawPredictions } from './prediction-svg.js';
import { PREDICTION_COLUMNS, predictionRows } from './prediction-table.js';
import {
  coldSentence,
  failureSentences,
  leftOutSentences,
  overheadSentence,
  verdictSentences,
} from './sentences.js';
import { drawTimeline } from './timeline-svg.js';
import { nounOf, roundSize, runTitle } from './what-is-counted.js';

/** A comparison as one HTML page that needs nothing beside it: the verdict first, every picture with its numbers. */
export function renderCompareHtml(run: Run): string {
  const measurements = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])];
  const tables = measurements.flatMap((measurement) => {
    const rows = modeRows(measurement);
    const caption = roundSize(measurement);
    return rows.length === 0 ? [] : [table(caption, modeColumns(measurement), rows)];
  });
  const warnings = [
    ...run.warnings,
    ...measurements.flatMap(({ modes }) => failureSentences(modes)),
  ];
  const notes = [
    ...remarksOn(run),
    coldSentence(run.measured),
    overheadSentence(run),
    ...leftOutSentences(run),
  ];
  return renderPage({
    title: runTitle(run),
    parts: [
      ...verdictParts(run),
      ...(warnings.length === 0 ? [] : [list(warnings, 'warning')]),
      ...(tables.length === 0 ? [] : [section('What was measured', ...tables)]),
      ...predictionParts(run),
      timelineSection(run),
      inFlightSection(run),
      section(
        'Remarks',
        list(notes.filter((note) => note !== undefined)),
        paragraph(
          'Rounds of all modes were interleaved. A ratio is the geometric mean of the ratios of paired rounds; its interval ' +
            'holds the truth in 95 of 100 such measurements. Percentiles are latencies that were observed.',
          'note',
        ),
      ),
      environmentSection(run.environment, run.version),
    ],
  });
}

function verdictParts(run: Run): string[] {
  const verdict = judge(run);
  const stopped = run.interrupted
    ? [paragraph('Stopped before the end; this is what was measured so far.', 'warning')]
    : [];
  if (verdict === undefined) return stopped;
  const [first = '', ...others] = verdictSentences(verdict);
  const why = whyOf(run, verdict);
  return [
    ...stopped,
    paragraph(first, 'verdict'),
    ...[...others, ...(why === undefined ? [] : [why])].map((text) => paragraph(text)),
  ];
}

function predictionParts(run: Run): string[] {
  const rows = predictionRows(predictions(run));
  if (rows.length === 0) return [];
  const drawing = drawPredictions(run);
  return [
    section(
      'Prediction beside measurement',
      figure(
        drawing,
        'The ideal is what waiting alone would allow: the calls one after another over the waves in which they were in flight. ' +
          'Predicted is what the latency and the time a call adds, measured with half the calls, let expect.',
        table(drawing.title, PREDICTION_COLUMNS, rows),
      ),
    ),
  ];
}

function timelineSection(run: Run): string {
  const noun = nounOf(run.measured.modes[0]?.task);
  const captions = [
    `One round of each mode, the one with the median wall time, on one time axis. All ${noun}s are wanted at 0;`,
    noun === 'file'
      ? 'a file queues until its turn comes, then waits for its answer, connecting included, and receives it.'
      : 'a call queues until its turn comes, then has a connection set up, waits for its answer and receives it.',
  ];
  return section(
    'Where the time goes',
    figure(
      drawTimeline(run),
      captions.join(' '),
      table(`Of one ${noun}, on average`, PHASE_COLUMNS, phaseRows(run.measured)),
    ),
  );
}

function inFlightSection(run: Run): string {
  const isOfFiles = nounOf(run.measured.modes[0]?.task) === 'file';
  const title = isOfFiles ? 'Files in flight' : 'Calls in flight';
  return section(
    title,
    figure(
      drawInFlight(run),
      isOfFiles
        ? 'The same rounds: how many files had been asked for and were not whole at each moment.'
        : 'The same rounds: how many calls had been sent and not been answered at each moment.',
      table(title, IN_FLIGHT_COLUMNS, inFlightRows(run.measured)),
    ),
  );
}
