import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import type { Run } from '../core/run.js';
import { judge } from '../statistics/verdict.js';
import { renderCompareHtml } from './compare-html.js';
import { modeRows } from './mode-table.js';
import { overheadSentence, verdictSentences } from './sentences.js';

const sync = buildMode(
  'sync',
  [100, 101, 99].map((latencyMs) => buildWaves(4, 1, latencyMs)),
);
const async = buildMode(
  'async',
  [100, 101, 99].map((latencyMs) => buildWaves(4, 4, latencyMs)),
);
const run = buildRun([sync, async]);

function cellsOf(html: string, caption: string): string[][] {
  const [, table = ''] = html.split(`<caption>${caption}</caption>`);
  const [, body = ''] = table.slice(0, table.indexOf('</table>')).split('<tbody>');
  return [...body.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell),
  );
}

describe('the HTML report of a comparison', () => {
  it('says the verdict first, in the words of every other report', () => {
    const html = renderCompareHtml(run);
    const verdict = judge(run);
    const [first = ''] = verdict === undefined ? [] : verdictSentences(verdict);
    expect(html).toContain(`<p class="verdict">${first}</p>`);
    expect(html.indexOf('class="verdict"')).toBeLessThan(html.indexOf('<h2>'));
    expect(html).toContain(overheadSentence(run));
  });

  it('has the same numbers in its table as the text', () => {
    expect(cellsOf(renderCompareHtml(run), '4 calls a round')).toEqual(modeRows(run.measured));
  });

  it('has a table under every picture', () => {
    const html = renderCompareHtml(run);
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html.match(/<\/figure>\n<details open><summary>/g)).toHaveLength(3);
  });

  it('tells where the time of a call goes, cold and warm', () => {
    const round = buildRound([[0, 100]]);
    round.calls.reach(0, 20, 70);
    const mode = { ...buildMode('async', [round]), warmup: [buildRound([[0, 120]])] };
    expect(cellsOf(renderCompareHtml(buildRun([mode])), 'Of one call, on average')).toEqual([
      ['async', '0 s', '20.0 ms', '50.0 ms', '30.0 ms', '100 ms'],
      ['async, cold', '0 s', '-', '-', '-', '120 ms'],
    ]);
  });

  it('puts what was predicted beside what was measured', () => {
    const doubled = {
      number: 8,
      modes: [
        buildMode('sync', [buildWaves(8, 1, 100)]),
        buildMode('async', [buildWaves(8, 8, 100)]),
      ],
    };
    const html = renderCompareHtml(buildRun([sync, async], { doubled }));
    const rows = cellsOf(html, 'Times as fast as sync: GET http://127.0.0.1:8080/say-hi');
    expect(rows).toEqual([
      ['async', '4', '4.00x', '-', '4.00x', '4.00 to 4.00', '100 %'],
      ['async', '8', '8.00x', '8.00x', '8.00x', '-', '100 %'],
    ]);
  });

  it('needs nothing beside it and lets nothing in', () => {
    const html = renderCompareHtml(run);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; `,
    );
    expect(html).not.toMatch(
      /<script|<link|<img|<iframe|href=|src=|url\(|@import|javascript:|\son\w+=/,
    );
  });

  it('shows hostile text as text, wherever it comes from', () => {
    const evil = `</title><script>alert('1')</script><img src=x onerror="x">`;
    const failure = { code: 'TIMEOUT', count: 1, example: evil } as const;
    const failing = { ...buildWaves(4, 4, 100), failures: [failure] };
    const hostile: Run = {
      ...buildRun([
        { ...sync, name: evil, task: { kind: 'module', text: evil } },
        { ...async, rounds: [...async.rounds, failing] },
      ]),
      version: evil,
      environment: { node: evil, os: evil, cpus: 2, cpuModel: evil },
      tasks: [{ kind: 'module', text: evil }],
      leftOut: [{ mode: 'loop', reason: evil }],
      warnings: [evil],
    };
    const html = renderCompareHtml(hostile);
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&lt;script&gt;alert/g)?.length).toBeGreaterThan(8);
  });

  it('shows what there is of a run that was stopped, and of one in which every call failed', () => {
    const stopped = renderCompareHtml(buildRun([sync], { interrupted: true }));
    expect(stopped).toContain('Stopped before the end');
    const failed = buildMode('async', [buildRound([[0, 10, 'TIMEOUT']])]);
    const html = renderCompareHtml(buildRun([failed]));
    expect(html).toContain('1 of 1 async calls failed, TIMEOUT');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });
});
