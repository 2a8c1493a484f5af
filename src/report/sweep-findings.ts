import { formatCount } from '../core/format-units.js';
import type { SweepRun } from '../core/sweep.js';
import { predictThroughput } from '../statistics/scaling-models.js';
import { judgeSweep, type SweepVerdict } from '../statistics/sweep-verdict.js';
import type { SweepFindings } from './sweep-html.js';
import type { SweepPicture } from './sweep-picture.js';
import { sweepFailureSentences, sweepSentences } from './sweep-sentences.js';
import { sweepTable } from './sweep-table.js';

/** What a sweep told, ready to be drawn; nothing to draw where nothing was measured. */
export function sweepFindings(run: SweepRun): SweepFindings {
  const verdict = judgeSweep(run);
  const sentences =
    verdict === undefined ? ['Nothing was measured.'] : sweepSentences(run, verdict);
  const table = verdict === undefined ? { columns: [], rows: [] } : sweepTable(run, verdict);
  return {
    sentences,
    picture: pictureOf(run, verdict, sentences[0] ?? ''),
    ...table,
    remarks: sweepFailureSentences(run),
  };
}

function pictureOf(
  { task, mode, over }: SweepRun,
  verdict: SweepVerdict | undefined,
  description: string,
): SweepPicture {
  const axis = over === 'number' ? 'calls' : 'calls in flight';
  const levels = verdict?.levels ?? [];
  const { at, range } = verdict?.stop ?? {};
  const [low, high] = range ?? [at, at];
  const between =
    low === high || low === undefined || high === undefined
      ? ''
      : ` (${formatCount(low)} to ${formatCount(high)})`;
  return {
    title: `${task.text}, ${mode}: what more ${axis} gain`,
    description,
    axis,
    levels,
    model: modelOf(verdict),
    stop:
      at === undefined || range === undefined
        ? undefined
        : { at, range, label: `stops at ${formatCount(at)}${between}` },
  };
}

function modelOf(verdict: SweepVerdict | undefined): SweepPicture['model'] {
  const model = verdict?.fit.better;
  const first = verdict?.levels[0];
  if (model === undefined || first === undefined) return undefined;
  return {
    name: model.kind === 'cap' ? 'min(a c, b)' : 'Universal Scalability Law',
    gain: (at) => predictThroughput(model, at) / first.throughput,
  };
}
