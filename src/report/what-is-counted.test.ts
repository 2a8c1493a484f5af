import { expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { NO_RESOURCES, type ModeRounds, type Round } from '../core/run.js';
import { renderCompareHtml } from './compare-html.js';
import { renderCompareMarkdown } from './compare-markdown.js';
import { renderCompare } from './compare-text.js';
import { renderInFlightSvg } from './in-flight-svg.js';
import { phaseRows } from './phase-table.js';
import { failureSentences } from './sentences.js';
import { PLAIN_STYLE } from './style.js';
import { renderTimelineSvg } from './timeline-svg.js';
import { roundSize } from './what-is-counted.js';

const TASK = { kind: 'download', text: 'download 4 files from a.example' } as const;

const files = (mode: 'sync' | 'async', drawn: Round): ModeRounds => ({
  ...buildMode(mode, [{ ...drawn, resources: { ...NO_RESOURCES, bytes: 4_000_000 } }]),
  task: TASK,
});
const run = buildRun(
  [files('sync', buildWaves(4, 1, 100)), files('async', buildWaves(4, 4, 100))],
  {
    tasks: [TASK],
  },
);

it('what is downloaded is files, with their size, in every report', () => {
  expect(roundSize(run.measured)).toBe('4 files (4 MB) a round');
  const text = renderCompare(run, PLAIN_STYLE, 80);
  expect(text).toContain('4 files (4 MB) a round');
  expect(text).toContain('files/s');
  expect(text).not.toContain('Twice as many');
  for (const report of [
    renderCompareHtml(run),
    renderCompareMarkdown(run),
    renderTimelineSvg(run),
  ]) {
    expect(report).toContain('download 4 files from a.example');
  }
  expect(renderInFlightSvg(run)).toContain('Files in flight');
});

it('everything else is calls', () => {
  expect(roundSize(buildRun([buildMode('sync', [buildWaves(1, 1, 10)])]).measured)).toBe(
    '1 call a round',
  );
});

it('files that failed are files', () => {
  const failing = files(
    'async',
    buildRound([
      [0, 10],
      [0, 10, 'DISK_FULL'],
    ]),
  );
  expect(failureSentences([failing])).toEqual([
    '1 of 2 async files failed, DISK_FULL: GET http://127.0.0.1/: DISK_FULL',
  ]);
});

it('a download tells its connecting and its waiting as one', () => {
  const drawn = buildWaves(1, 1, 100);
  drawn.calls.reach(0, 0, 40);
  expect(phaseRows({ number: 1, modes: [files('sync', drawn)] })).toEqual([
    ['sync', '0 s', '-', '40.0 ms', '60.0 ms', '100 ms'],
  ]);
  const svg = renderTimelineSvg(buildRun([files('sync', drawn)], { tasks: [TASK] }));
  expect(svg).toContain('receive');
  expect(svg).not.toContain('connect');
});
