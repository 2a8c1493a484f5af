import { expect, it } from 'vitest';
import { buildSlots, buildSweep } from '../../test/support/build-sweep.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import { readMeasurement } from './saved-measurement.js';
import { sweepDocument } from './sweep-document.js';
import { sweepFindings } from './sweep-findings.js';
import { renderSweepHtml } from './sweep-html.js';
import { sweepSentences } from './sweep-sentences.js';
import { renderSweepSvg } from './sweep-svg.js';

const run = buildSweep(buildSlots(8, 50));

it('a sweep is drawn with its verdict, its model and its stop', () => {
  const { sentences, picture, rows } = sweepFindings(run);
  const verdict = judgeSweep(run);
  expect(sentences).toEqual(verdict === undefined ? [] : sweepSentences(run, verdict));
  expect(picture.description).toBe(sentences[0]);
  expect(picture.stop).toMatchObject({ at: 8, label: 'stops at 8' });
  expect(picture.model?.gain(4)).toBeCloseTo(4, 6);
  expect(picture.model?.gain(64)).toBeCloseTo(8, 6);
  expect(rows).toHaveLength(picture.levels.length);
  expectWellFormed(renderSweepSvg(picture));
});

it('a sweep in which nothing was measured is a page without a picture', () => {
  const nothing = buildSweep([]);
  const html = renderSweepHtml(nothing, sweepFindings(nothing));
  expect(html).toContain('Nothing was measured.');
  expect(html).not.toContain('<svg');
});

it('the document of a sweep is read back, a part for each level', () => {
  const document: unknown = JSON.parse(JSON.stringify(sweepDocument(run)));
  const { parts, settings } = readMeasurement(document);
  expect(parts.map(({ name }) => name)).toEqual(
    run.levels.map(({ concurrency }) => `${concurrency} in flight`),
  );
  expect(parts[0]?.seconds).toHaveLength(3);
  expect(settings).toEqual({ mode: 'async', 'swept over': 'concurrency' });
});
