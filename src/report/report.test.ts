import { describe, expect, it } from 'vitest';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { expectSchema } from '../../test/support/expect-schema.js';
import { NO_RESOURCES } from '../core/run.js';
import { compareDocument } from './compare-document.js';
import { renderCompareMarkdown } from './compare-markdown.js';
import { renderCompare } from './compare-text.js';
import { lanesOf, typicalRound } from './lanes.js';
import {
  coldSentence,
  doublingSentence,
  failureSentences,
  overheadSentence,
  pairSentence,
} from './sentences.js';
import { COLOUR_STYLE, PLAIN_STYLE } from './style.js';
import { renderMarkdownTable, renderTable } from './table.js';
import { axisTicks } from './ticks.js';
import { renderTimelineSvg } from './timeline-svg.js';
import { renderTimeline } from './timeline-text.js';

const sync = buildMode('sync', [
  buildWaves(4, 1, 100),
  buildWaves(4, 1, 101),
  buildWaves(4, 1, 99),
]);
const async = buildMode('async', [
  buildWaves(4, 4, 100),
  buildWaves(4, 4, 101),
  buildWaves(4, 4, 99),
]);
const run = buildRun([sync, async]);

describe('the lanes of a picture', () => {
  it('are the calls, as long as there are at most twenty', () => {
    expect(lanesOf(buildWaves(20, 20, 5))).toHaveLength(20);
  });

  it('are groups of calls beyond, and no call is left out', () => {
    const lanes = lanesOf(buildWaves(1003, 1, 2));
    expect(lanes.length).toBeLessThanOrEqual(20);
    expect(lanes[0]).toMatchObject({ first: 0, startMs: 0 });
    expect(lanes.at(-1)).toMatchObject({ last: 1002, endMs: 2006 });
    expect(lanes.reduce((sum, lane) => sum + lane.last - lane.first + 1, 0)).toBe(1003);
  });

  it('come from the round with the median wall time', () => {
    expect(typicalRound(sync)?.wallMs).toBe(400);
  });
});

it('an axis has round numbers from zero to its end', () => {
  expect(axisTicks(2035, 5)).toEqual([0, 500, 1000, 1500, 2000]);
  expect(axisTicks(1, 5)).toHaveLength(6);
  expect(axisTicks(0, 5)).toEqual([0]);
});

describe('the picture as text', () => {
  it('shows the staircase above the stack, on one axis', () => {
    expect(`\n${renderTimeline(run.measured, PLAIN_STYLE, 42)}\n`).toBe(`
sync  one after another, the thread is blocked meanwhile
1 ██████████
2           ██████████
3                     ██████████
4                               ██████████
async  up to 4 in flight together
1 ██████████
2 ██████████
3 ██████████
4 ██████████
  0                   200 ms        400 ms
`);
  });

  it('marks failed calls with another pattern and in words', () => {
    const failing = buildMode('async', [
      buildRound([
        [0, 10],
        [0, 10, 'TIMEOUT'],
      ]),
    ]);
    const text = renderTimeline({ number: 2, modes: [failing] }, PLAIN_STYLE, 42);
    expect(text).toContain('1 ██');
    expect(text).toMatch(/2 ░+ 1 failed/);
  });

  it('is the same with colour, but for the colour', () => {
    // oxlint-disable-next-line no-control-regex
    const bare = renderTimeline(run.measured, COLOUR_STYLE, 60).replaceAll(/\u001b\[\d+m/g, '');
    expect(bare).toBe(renderTimeline(run.measured, PLAIN_STYLE, 60));
  });

  it('never exceeds its width', () => {
    const widest = (width: number): number =>
      Math.max(
        ...renderTimeline(run.measured, PLAIN_STYLE, width)
          .split('\n')
          .filter((line) => /^ *\d/.test(line))
          .map((line) => line.length),
      );
    expect([40, 79, 100].map(widest)).toEqual([40, 79, 100]);
  });
});

describe('the picture as SVG', () => {
  it('has a bar for each call, a title and the verdict for those who cannot see it', () => {
    const svg = renderTimelineSvg(run);
    expect(svg.match(/<g><title>/g)).toHaveLength(8);
    expect(svg).toContain('<title>GET http://127.0.0.1:8080/say-hi, 4 calls</title>');
    expect(svg).toMatch(/<desc>async ran 4\.00/);
    expect(svg).not.toMatch(/<script|href=|url\(|@import/);
  });

  it('escapes what comes from outside', () => {
    const task = { kind: 'http', text: 'GET http://h/?a=1&b=<x>"' } as const;
    const svg = renderTimelineSvg(buildRun([sync, async], { tasks: [task] }));
    expect(svg).toContain('http://h/?a=1&amp;b=&lt;x&gt;&quot;');
    expect(svg).not.toContain('<x>');
  });
});

describe('the sentences', () => {
  const estimate = { ratio: 9.81, interval: [9.7, 9.92] as const, pairs: 3 };
  const pair = { name: 'async', ideal: 10, efficiency: 0.981 } as const;

  it('say how many times faster, with the interval', () => {
    expect(pairSentence({ ...pair, estimate, difference: 'faster' }, 'sync')).toBe(
      'async ran 9.81 ± 0.11 times faster than sync (95 %: 9.70 to 9.92); the ideal is 10.0x, 98 % of it was reached.',
    );
  });

  it('say slower as a multiple above one', () => {
    const slow = { ratio: 0.5, interval: [0.45, 0.55] as const, pairs: 3 };
    expect(pairSentence({ ...pair, estimate: slow, difference: 'slower' }, 'sync')).toContain(
      'async ran 2.00 ± 0.20 times slower than sync',
    );
  });

  it('say that no difference is shown, that rounds are too few, that calls failed', () => {
    const none = { ...pair, estimate, difference: 'none shown' } as const;
    expect(pairSentence(none, 'sync')).toContain('no difference shown');
    const few = { ...none, estimate: { ratio: 9.81, interval: undefined, pairs: 1 } };
    expect(pairSentence(few, 'sync')).toContain('in 1 round, too few for an interval');
    expect(pairSentence({ ...none, estimate: undefined }, 'sync')).toContain('no verdict');
  });

  it.each([
    [1.98, 'about twice as good'],
    [1.5, '1.50 times as good, not twice'],
    [1.01, 'about the same'],
    [0.5, 'which is worse'],
  ])('call a growth of %d %s', (growth, words) => {
    const doubling = { name: 'async', number: 20, estimate, how: 'predicted', growth } as const;
    expect(doublingSentence(doubling)).toContain(words);
    expect(doublingSentence(doubling)).toContain('predicted from');
    expect(doublingSentence({ ...doubling, how: 'measured' })).toContain('(measured, 95 %: ');
  });

  it('name every kind of failure with its count and an example', () => {
    const failing = buildMode('async', [
      buildRound([
        [0, 10],
        [0, 10, 'TIMEOUT'],
        [0, 10, 'TIMEOUT'],
        [0, 1, 'HTTP_STATUS'],
      ]),
    ]);
    expect(failureSentences([failing])).toEqual([
      '2 of 4 async calls failed, TIMEOUT: GET http://127.0.0.1/: TIMEOUT',
      '1 of 4 async calls failed, HTTP_STATUS: GET http://127.0.0.1/: HTTP_STATUS',
    ]);
  });

  it('tell the cold round and our own cost apart from the rest', () => {
    const warmed = { ...async, warmup: [buildWaves(4, 4, 130)] };
    expect(coldSentence({ number: 4, modes: [warmed] })).toBe(
      'Cold, the first round, not counted: async 130 ms, 1 connection set up in 2.00 ms.',
    );
    const slowly = { ...warmed, warmup: [130, 110, 109].map((end) => buildWaves(4, 4, end)) };
    expect(coldSentence({ number: 4, modes: [slowly] })).toContain(', warmed up in 3 rounds.');
    expect(coldSentence(run.measured)).toBeUndefined();
    expect(overheadSentence(run)).toBe(
      'Our own cost a call: 300 ns for recording and 80 µs for handing a blocking call to the thread that makes it.',
    );
  });
});

describe('a table', () => {
  const columns = [
    { heading: 'mode', align: 'left' },
    { heading: 'calls', align: 'right' },
  ] as const;

  it('lines its cells up, as text and as Markdown', () => {
    const rows = [
      ['sync', '5'],
      ['sequential', '1,000'],
    ];
    expect(renderTable(columns, rows)).toBe(
      ['mode        calls', 'sync            5', 'sequential  1,000'].join('\n'),
    );
    expect(renderMarkdownTable(columns, rows)).toBe(
      [
        '| mode       | calls |',
        '| ---------- | ----: |',
        '| sync       |     5 |',
        '| sequential | 1,000 |',
      ].join('\n'),
    );
  });
});

it('an interrupted run says so first and shows what there is', () => {
  const text = renderCompare(buildRun([sync], { interrupted: true }), PLAIN_STYLE, 80);
  expect(text).toMatch(/^Stopped before the end/);
  expect(text).toContain('sync');
});

it('a run that was interrupted before one round was complete says so, and no cost of recording', () => {
  const nothing = buildMode('sync', []);
  const text = renderCompare(buildRun([nothing], { interrupted: true }), PLAIN_STYLE, 80);
  expect(text).toMatch(/^Stopped before the end, before one counted round[^\n]+$/);
});

it('a run that ended because the calls of one failed shows what the other did by then', () => {
  const other = { ...buildMode('async', []), warmup: [buildWaves(4, 4, 100)] };
  const failed = { ...buildMode('sync', []), warmup: [buildRound([[0, 1, 'TIMEOUT']])] };
  const text = renderCompare(buildRun([failed, other]), PLAIN_STYLE, 80);
  expect(text).toMatch(/^Nothing was compared[^]+\nasync +100 ms/);
  expect(text).not.toMatch(/^sync/m);
  expect(renderCompare(buildRun([failed]), PLAIN_STYLE, 80)).toBe('');
});

it('every report says why, and what may mislead', () => {
  const held = { ...NO_RESOURCES, threadCpuMs: 4 };
  const waited = {
    ...sync,
    rounds: sync.rounds.map(({ wallMs, calls, failures, connecting }) => ({
      wallMs,
      calls,
      failures,
      connecting,
      resources: held,
    })),
  };
  const uneven = { ...async, rounds: [100, 150, 100].map((end) => buildWaves(4, 4, end)) };
  const remarkable = buildRun([waited, uneven]);
  const why =
    'async gained because there was something to wait for: sync held its thread without computing 99 % of the time.';
  for (const text of [
    renderCompare(remarkable, PLAIN_STYLE, 80),
    renderCompareMarkdown(remarkable),
  ]) {
    expect(text).toContain(why);
    expect(text).toContain('async: its 3 rounds differ by 50 %');
  }
  expect(compareDocument(remarkable, false)).toMatchObject({ why, remarks: [expect.any(String)] });
  expect(compareDocument(run, false)).toMatchObject({ why: null, remarks: [] });
});

it('a document with every call tells its parts in seconds, and null where they are not known', async () => {
  const round = buildRound([
    [0, 100],
    [0, 120],
  ]);
  round.calls.reach(0, 20, 70);
  const document = compareDocument(buildRun([buildMode('async', [round])]), true);
  await expectSchema('compare.schema.json', document);
  expect(document).toMatchObject({
    modes: [{ everyCall: [{ connected: [0.02, null], firstByte: [0.07, null] }] }],
  });
});

it('a Markdown report holds the verdict, the table, the picture and the machine', () => {
  const text = renderCompareMarkdown(run);
  for (const part of ['# GET http', 'async ran 4.00', '| mode ', '```text', 'a CPU']) {
    expect(text).toContain(part);
  }
});
