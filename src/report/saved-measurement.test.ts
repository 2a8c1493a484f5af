import { describe, expect, it } from 'vitest';
import { expectSchema } from '../../test/support/expect-schema.js';
import { buildMode, buildRound, buildRun, buildWaves } from '../../test/support/build-run.js';
import { diffRuns } from '../statistics/run-diff.js';
import { compareDocument } from './compare-document.js';
import { diffDocument } from './diff-document.js';
import { circumstanceSentences, diffSentences, renderDiff } from './diff-text.js';
import { readMeasurement } from './saved-measurement.js';
import { PLAIN_STYLE } from './style.js';

const walls = [100, 101, 99];
const saved = (asyncMs: readonly number[] = walls): unknown =>
  JSON.parse(
    JSON.stringify(
      compareDocument(
        buildRun([
          buildMode(
            'sync',
            walls.map((latencyMs) => buildWaves(4, 1, latencyMs)),
          ),
          buildMode(
            'async',
            asyncMs.map((latencyMs) => buildWaves(4, 4, latencyMs)),
          ),
        ]),
        true,
      ),
    ),
  );

const sweep = {
  schema: 'lwasync.sweep/1',
  version: '1.0.0',
  environment: { node: '20.19.0', os: 'Linux', cpus: 2, cpuModel: 'a CPU' },
  task: { kind: 'http', text: 'GET http://h/' },
  mode: 'async',
  over: 'concurrency',
  levels: [
    {
      concurrency: 8,
      number: 160,
      throughput: 80,
      throughputs: [79, 80, 81],
      gain: 8,
      latency: { p50: 0.1, p99: 0.11 },
      failures: [],
    },
  ],
};

describe('a saved comparison', () => {
  it('is read back with what it holds', () => {
    const read = readMeasurement(saved());
    expect(read).toMatchObject({
      kind: 'compare',
      task: 'GET http://127.0.0.1:8080/say-hi',
      settings: { 'calls a round': '4', 'most in flight': 'no limit' },
    });
    expect(read.parts).toMatchObject([
      { name: 'sync', seconds: [0.4, 0.404, 0.396], p50: 0.1, p99: 0.101 },
      { name: 'async', seconds: [0.1, 0.101, 0.099], failed: 0 },
    ]);
    expect(read.parts[0]?.throughput).toBeCloseTo(10, 9);
    expect(read.parts[1]?.ratio?.ratio).toBeCloseTo(4, 9);
  });

  it('is read back where every call failed', () => {
    const run = buildRun([buildMode('async', [buildRound([[0, 10, 'TIMEOUT']])])]);
    expect(readMeasurement(compareDocument(run, false)).parts[0]).toMatchObject({
      failed: 1,
      p50: undefined,
      ratio: undefined,
    });
  });
});

it('a saved sweep is read back level by level, each round as the time of a call', () => {
  const [level] = readMeasurement(sweep).parts;
  expect(level).toMatchObject({ name: '8 in flight', throughput: 80, ratio: { ratio: 8 } });
  expect(level?.seconds).toEqual([1 / 79, 1 / 80, 1 / 81]);
  expect(readMeasurement({ ...sweep, over: 'number' }).parts[0]?.name).toBe('160 calls');
});

describe('what is no saved measurement', () => {
  it.each([
    [null, 'expected a document of lwasync'],
    [[1], 'expected a document of lwasync'],
    [{}, 'and it has none'],
    [{ schema: 'lwasync.calls/1' }, 'got "lwasync.calls/1"'],
    [{ schema: 'lwasync.compare/1' }, 'expected a list at tasks, got null'],
    [{ ...sweep, levels: {} }, 'expected a list at levels, got {}'],
    [{ ...sweep, environment: null }, 'expected an object at environment, got null'],
    [
      { ...sweep, levels: [{ ...sweep.levels[0], throughputs: [0] }] },
      'expected a number above 0 at levels[0].throughputs[0], got 0',
    ],
  ])('is refused in one sentence: %j', (document, sentence) => {
    expect(() => readMeasurement(document)).toThrow(sentence);
  });
});

describe('a difference', () => {
  const diff = diffRuns(readMeasurement(saved()), readMeasurement(saved([110, 111.1, 108.9])));

  it('is told in a sentence for each part', () => {
    expect(diffSentences(diff)).toEqual([
      'sync: no change shown (1.000 times the time, 95 %: 0.978 to 1.023).',
      'async is slower: 1.100 times the time (95 %: 1.075 to 1.125).',
    ]);
  });

  it('is told in numbers, before beside after', () => {
    const text = renderDiff(diff, PLAIN_STYLE);
    expect(text).toMatch(/async +time +100 ms +110 ms +\+10 %/);
    expect(text).toMatch(/ +p50 +100 ms +110 ms +\+10 %/);
    expect(text).toMatch(/sync +time +400 ms +400 ms +0\.0 %/);
    expect(text).toMatch(/ +ratio +4\.00x +3\.64x +-9\.1 %/);
  });

  it('has a document that keeps to its schema', async () => {
    const checked = { most: 0.05, parts: [{ name: 'async', result: 'failed' }] } as const;
    const document = diffDocument('compare', diff, checked);
    await expectSchema('diff.schema.json', document);
    expect(document).toMatchObject({ parts: [{ change: 'none shown' }, { change: 'slower' }] });
    await expectSchema('diff.schema.json', diffDocument('compare', diff, undefined));
  });

  it('says what was not the same', () => {
    const other = { ...readMeasurement(saved()), version: '9', settings: { 'calls a round': '8' } };
    expect(circumstanceSentences(diffRuns(readMeasurement(saved()), other))).toEqual([
      'Not the same was measured, calls a round: 4 before, 8 after.',
      'Not the same was measured, most in flight: no limit before, none after.',
      'Not measured under the same conditions, lwasync: 0.0.0 before, 9 after.',
    ]);
  });
});
