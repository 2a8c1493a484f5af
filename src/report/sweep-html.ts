import type { SweepRun } from '../core/sweep.js';
import { environmentSection } from './environment-html.js';
import { figure, list, paragraph, renderPage, section, table } from './html-page.js';
import type { SweepPicture } from './sweep-picture.js';
import { drawSweep } from './sweep-svg.js';
import type { Column } from './table.js';

/** What a sweep told, in the words, the numbers and the picture of every other report. */
export interface SweepFindings {
  /** The verdict first. */
  readonly sentences: readonly string[];
  readonly picture: SweepPicture;
  readonly columns: readonly Column[];
  /** A row for each level. */
  readonly rows: readonly (readonly string[])[];
  /** What failed, and what else a reader should know. */
  readonly remarks: readonly string[];
}

/** A sweep as one HTML page that needs nothing beside it: the verdict first, the picture with its numbers. */
export function renderSweepHtml(run: SweepRun, findings: SweepFindings): string {
  const { sentences, picture, columns, rows, remarks } = findings;
  const [first, ...others] = sentences;
  const warnings = [...run.warnings, ...remarks];
  const stopped = 'Stopped before the end; this is what was measured so far.';
  return renderPage({
    title: picture.title,
    parts: [
      ...(run.interrupted ? [paragraph(stopped, 'warning')] : []),
      ...(first === undefined ? [] : [paragraph(first, 'verdict')]),
      ...others.map((text) => paragraph(text)),
      ...(warnings.length === 0 ? [] : [list(warnings, 'warning')]),
      ...(rows.length === 0
        ? []
        : [
            section(
              'Where the gain stops',
              figure(
                drawSweep(picture),
                'Both axes count in factors. The ideal is what waiting alone would allow. Where the curve leaves it, more in ' +
                  'flight only makes each call wait longer.',
                table('Level by level', columns, rows),
              ),
            ),
          ]),
      environmentSection(run.environment, run.version),
    ],
  });
}
