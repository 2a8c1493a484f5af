import { describe, expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { buildLevel, buildSlots, buildSweep } from '../../test/support/build-sweep.js';
import { expectSchema } from '../../test/support/expect-schema.js';
import type { Round } from '../core/run.js';
import type { SweepLevel } from '../core/sweep.js';
import { judgeSweep } from '../statistics/sweep-verdict.js';
import { PLAIN_STYLE } from './style.js';
import { sweepDocument } from './sweep-document.js';
import { renderSweepMarkdown } from './sweep-markdown.js';
import { renderGainPlot } from './sweep-plot.js';
import { sweepFailureSentences } from './sweep-sentences.js';
import { renderSweep } from './sweep-text.js';

const SLOTS = buildSweep(buildSlots(8, 50));
const RISING = buildSweep([1, 2, 4, 8, 16, 32].map((c) => buildLevel(c, 50)));

function levelOf(concurrency: number, round: Round): SweepLevel {
  return { concurrency, number: round.calls.number, rounds: [round] };
}

function textOf(run: typeof SLOTS): string {
  return renderSweep(run, PLAIN_STYLE, 79);
}

describe('a sweep as text', () => {
  it('says where the gain stops, what more costs, and why', () => {
    const text = textOf(SLOTS);
    expect(text).toContain(
      'The gain stops at 8 in flight: 8.00x the throughput of 1 in flight, 160 calls/s.',
    );
    expect(text).toContain(
      'with 16 in flight there is no more throughput, and a call takes 100 ms instead of 50.0 ms (median).',
    );
    expect(text).toContain(
      'What stops it: the server, in which calls queue. Evidence: the server says',
    );
    expect(text).toContain(
      'min(20.0 c, 160) calls/s, with its bend at c = 8.00, fits better than the Universal',
    );
  });

  it('says that calls failed where that ended it, and counts them in the document', async () => {
    const failed = buildRound([
      [0, 1, 'TIMEOUT'],
      [0, 1, 'TIMEOUT'],
    ]);
    const levels = [...[1, 2, 4].map((c) => buildLevel(c, 50)), levelOf(8, failed)];
    const run = buildSweep(levels);
    expect(textOf(run)).toContain('and still rising; with 8 in flight every call failed.');
    const markdown = renderSweepMarkdown({ ...run, interrupted: true });
    expect(markdown).toContain('2 of 422 calls failed, TIMEOUT');
    expect(markdown).toContain('Stopped before the end');
    const document = sweepDocument(run);
    expect(document).toMatchObject({ failures: [{ code: 'TIMEOUT', count: 2 }] });
    await expectSchema('sweep.schema.json', document);
  });

  it('has a row a level, and marks the stop', () => {
    const rows = textOf(SLOTS)
      .split('\n')
      .filter((line) => /^\s+\d+ .*%/.test(line));
    expect(rows).toHaveLength(7);
    expect(rows.filter((row) => row.endsWith('<- stop'))).toEqual([
      expect.stringMatching(/^ +8 +160 +8\.00x +8\.00x +100 % +50\.0 ms/),
    ]);
  });

  it('finds no stop where there is none, and extrapolates nothing', () => {
    const text = textOf(RISING);
    expect(text).toContain('No stop found up to 32 in flight: 32.0x the throughput of 1 in flight');
    expect(text).toContain('What limits it: latency alone.');
    expect(text).toContain('20.0 c calls/s without a bend up to 32');
  });

  it('says of work that computes what the ceiling is', () => {
    const all = { threadShare: 0.99, loopShare: 1, cpuShare: 1 };
    const levels = [1, 2, 4].map((c) => buildLevel(c, 5 * c, all));
    const text = textOf(buildSweep(levels, { task: { kind: 'pi', text: 'pi 2000' } }));
    expect(text).toContain(
      'Concurrency gains nothing: 1 in flight has the throughput that more have',
    );
    expect(text).toContain(
      'It is CPU bound: the ceiling of calls in flight on one thread is 1.00x.',
    );
  });

  it('says what a change proved, or why it cannot be proved', () => {
    const proof = {
      change: 'the pool, 4 to 8',
      before: buildLevel(8, 40),
      after: buildLevel(8, 20),
    };
    expect(textOf({ ...SLOTS, proof })).toContain(
      'Proof: the pool, 4 to 8: 2.00 times the throughput (95 %: 2.00 to 2.00): that was the limit.',
    );
    const reason = 'It cannot be proved from here: …';
    expect(textOf({ ...SLOTS, proof: reason })).toContain(reason);
  });

  it('tells what there was by then when it was stopped', () => {
    const one = buildSweep([buildLevel(1, 50)], { interrupted: true });
    expect(textOf(one)).toContain('Stopped before the end');
    expect(textOf(one)).toContain('Only 1 in flight was measured');
    expect(textOf(buildSweep([], { interrupted: true }))).toContain('Stopped before the end');
  });

  it('is empty when every call failed: the failures are told elsewhere', () => {
    const failed = { concurrency: 1, number: 1, rounds: [buildRound([[0, 1, 'TIMEOUT']])] };
    expect(textOf(buildSweep([failed]))).toBe('');
    expect(sweepFailureSentences(buildSweep([failed]))).toEqual([
      '1 of 1 calls failed, TIMEOUT: GET http://127.0.0.1/: TIMEOUT',
    ]);
  });
});

it('the picture has the ideal rising and the gain on it until it goes flat', () => {
  const verdict = judgeSweep(SLOTS);
  const plot = verdict === undefined ? '' : renderGainPlot(verdict, PLAIN_STYLE, 79);
  expect(plot.split('\n').slice(0, -1).join('\n')).toBe(
    [
      '   16x ┤                       ···',
      '       │                    ···',
      '    8x ┤                 ●◆·    ●     ●',
      '       │              ···',
      '    4x ┤           ·●·',
      '       │        ···',
      '    2x ┤     ·●·',
      '       │  ···',
      '    1x ┤●·',
      '       └┴─────┴─────┴─────┴─────┴─────┴',
      '        1     2     4     8     16    32',
    ].join('\n'),
  );
});

describe('a sweep as a document', () => {
  it.each([
    ['a stop', SLOTS],
    ['no stop', RISING],
    ['one level', buildSweep([buildLevel(1, 50)])],
    ['nothing', buildSweep([])],
    ['a reason instead of a proof', { ...SLOTS, proof: 'no' }],
    [
      'a proof',
      { ...SLOTS, proof: { change: 'x', before: buildLevel(8, 40), after: buildLevel(8, 20) } },
    ],
  ])('with %s has the published form', async (_, run) => {
    const document: unknown = JSON.parse(JSON.stringify(sweepDocument(run)));
    await expectSchema('sweep.schema.json', document);
  });

  it('has seconds throughout', () => {
    const document = sweepDocument(SLOTS);
    expect(document).toMatchObject({
      stop: { concurrency: 8, number: 160, range: [8, 8], cause: 'server-slots', certain: true },
      model: { kind: 'cap', parameters: { a: expect.closeTo(20, 9) }, other: { kind: 'usl' } },
    });
    expect(Reflect.get(document, 'levels')).toContainEqual(
      expect.objectContaining({
        concurrency: 1,
        throughput: 20,
        seconds: 1,
        latency: { p50: 0.05, p90: 0.05, p99: 0.05, max: 0.05 },
        cpuSeconds: 0.02,
      }),
    );
  });
});

it('a sweep as Markdown has the answer, a table and the picture', () => {
  const text = renderSweepMarkdown(SLOTS);
  expect(text).toMatch(
    /^# GET http:\/\/127\.0\.0\.1:8080\/say-hi, async, concurrency doubled\n\nThe gain stops at 8/,
  );
  expect(text).toContain('| in flight | calls/s |');
  expect(text).toContain('```text\n');
});
