import { describe, expect, it } from 'vitest';
import { buildLoadRun, oneAfterAnother } from '../../test/support/build-load-run.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import { summarizeLoad } from '../statistics/load-summary.js';
import { renderLoadHtml } from './load-html.js';
import { drawPercentiles } from './load-percentile-svg.js';
import { loadHeadline } from './load-sentences.js';
import { renderLoadSvg } from './load-svg.js';
import { drawLoadOverTime } from './load-time-svg.js';
import { loadTimeRows } from './load-time-table.js';

const steady = oneAfterAnother(Array.from({ length: 100 }, () => 10));
const closed = buildLoadRun(steady);
const open = buildLoadRun(steady, { ratePerSecond: 200, concurrency: 1 });
const failing = buildLoadRun([[0, 150, 'fails']]);
const slowFirst = buildLoadRun(
  oneAfterAnother(Array.from({ length: 140 }, (_, index) => (index < 10 ? 50 : 10))),
);
const pause = buildLoadRun([
  ...steady,
  ...steady.map(([start, end]) => [start + 1500, end + 1500] as const),
]);

describe('the page of a load run', () => {
  it('says first what came of it, in the words of every other report', () => {
    const html = renderLoadHtml(open);
    const headline = loadHeadline(open, summarizeLoad(open));
    expect(html).toContain(`<p class="verdict">${headline}.</p>`);
    expect(html.indexOf('class="verdict"')).toBeLessThan(html.indexOf('<h2>'));
  });

  it('has a table under every picture, and says of each latency from when it counts', () => {
    const html = renderLoadHtml(open);
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html.match(/<\/figure>\n<details open><summary>/g)).toHaveLength(2);
    expect(html).toContain('>corrected: from the intended start</th>');
    expect(html).toContain('>uncorrected: from the actual start</th>');
    expect(renderLoadHtml(closed)).not.toContain('uncorrected');
  });

  it('tells what failed, and has no latency where everything did', () => {
    const html = renderLoadHtml(failing);
    expect(html).toContain('<th scope="row" class="left">HTTP_STATUS</th><td class="right">1</td>');
    expect(html).not.toContain('How long a call took');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of nothing at all is a page all the same, and says that it was stopped', () => {
    const html = renderLoadHtml(buildLoadRun([], {}, { interrupted: true }));
    expect(html).toContain('Stopped before the end');
    expect(html).not.toMatch(/<svg|NaN|Infinity|undefined/);
  });

  it('shows hostile text as text, wherever it comes from', () => {
    const evil = `</title><script>alert('1')</script><img src=x onerror="x">`;
    const html = renderLoadHtml({
      ...failing,
      version: evil,
      environment: { node: evil, os: evil, cpus: 2, cpuModel: evil },
      task: { kind: 'module', text: evil },
      failures: [{ code: 'TIMEOUT', count: 1, example: evil }],
      warnings: [evil],
    });
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&lt;script&gt;alert/g)?.length).toBeGreaterThan(8);
  });
});

describe('latency by percentile', () => {
  const drawn = (run = open): string =>
    (drawPercentiles(run, summarizeLoad(run))?.elements ?? []).join('\n');

  it('has two curves in an open loop, told apart without colour, and one in a closed', () => {
    const paths = (run = open): string[] =>
      drawn(run).match(/<path d="M [^"]+" fill="none"/g) ?? [];
    expect(paths()).toHaveLength(2);
    expect(drawn()).toContain('stroke-dasharray="6 3"');
    expect(paths(closed)).toHaveLength(1);
  });

  it('marks percentiles as far as there are calls for them, and the longest', () => {
    expect(drawn()).toContain('corrected: from the intended start, max: 505 ms');
    expect(drawn()).toContain('uncorrected: from the actual start, 99 %: 10.0 ms');
    expect(drawn()).not.toContain('99.9 %');
  });

  it('is nothing where no call ended well', () => {
    expect(drawPercentiles(failing, summarizeLoad(failing))).toBeUndefined();
  });
});

describe('a load run over time', () => {
  const drawn = (run = closed): string =>
    (drawLoadOverTime(run, summarizeLoad(run))?.elements ?? []).join('\n');

  it('marks the warm-up, in the picture and in the table', () => {
    expect(drawn(slowFirst)).toContain('the first 500 ms are left out as a warm-up');
    expect(drawn()).not.toContain('warm-up');
    const marks = loadTimeRows(slowFirst, summarizeLoad(slowFirst)).map((row) => row.at(-1));
    expect(marks.filter((mark) => mark === 'warm-up')).toHaveLength(5);
  });

  it('leaves a gap where nothing began and nothing ended', () => {
    const rows = loadTimeRows(pause, summarizeLoad(pause));
    expect(rows).toContainEqual(['1.2 s to 1.4 s', '0.00', '0.00', '-', '-', '-', '']);
    const lines = (run: typeof pause): number =>
      drawn(run).match(/stroke-width="2" stroke-dasharray/g)?.length ?? 0;
    // Calls in flight, p50 and p99 are in two parts each.
    expect(lines(pause) - lines(closed)).toBe(3);
  });

  it('has rows for at most two dozen stretches, and none is lost', () => {
    const long = buildLoadRun(oneAfterAnother(Array.from({ length: 1000 }, () => 11)));
    const rows = loadTimeRows(long, summarizeLoad(long));
    expect(rows.length).toBeLessThanOrEqual(24);
    expect(rows.at(-1)?.[0]).toMatch(/ to 11 s$/);
  });

  it('draws failures where there are any', () => {
    expect(drawn(failing)).toContain('>failed<');
    expect(drawn()).not.toContain('>failed<');
  });
});

it.each([
  ['a closed loop', closed],
  ['an open loop', open],
  ['a run with a pause', pause],
  ['a single call', buildLoadRun([[0, 10]])],
  ['nothing but failures', failing],
  ['nothing at all', buildLoadRun([])],
])('the SVG file of %s is well formed', (_, run) => {
  const svg = renderLoadSvg(run);
  expectWellFormed(svg);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
