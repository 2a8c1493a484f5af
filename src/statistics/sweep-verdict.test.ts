import { describe, expect, it } from 'vitest';
import { buildRound } from '../../test/support/build-run.js';
import { buildLevel, buildSlots, buildSweep } from '../../test/support/build-sweep.js';
import { judgeProof, judgeSweep } from './sweep-verdict.js';

describe('the verdict of a sweep', () => {
  it('finds eight slots, and what latency costs beyond', () => {
    const verdict = judgeSweep(buildSweep(buildSlots(8, 50)));
    expect(verdict).toMatchObject({
      stop: { at: 8, range: [8, 8] },
      atStop: { at: 8, throughput: 160, gain: 8, ideal: 8 },
      beyond: { at: 16, throughput: 160, latency: { p50: 100 } },
      fit: { better: { kind: 'cap', a: expect.closeTo(20, 9), b: expect.closeTo(160, 9) } },
    });
  });

  it('takes completed calls over wall time for throughput, at every level', () => {
    const failing = {
      concurrency: 2,
      number: 4,
      rounds: [
        buildRound([
          [0, 10],
          [0, 10],
          [10, 20],
          [10, 20, 'TIMEOUT'],
        ]),
      ],
    };
    const verdict = judgeSweep(buildSweep([buildLevel(1, 10), failing]));
    expect(verdict?.levels.map(({ throughput }) => throughput)).toEqual([100, 150]);
    expect(verdict?.levels[1]?.failed).toBe(1);
  });

  it('is the latency over the CPU time of a call for the ceiling', () => {
    const verdict = judgeSweep(buildSweep([1, 2].map((c) => buildLevel(c, 50, { cpuShare: 0.1 }))));
    expect(verdict?.ceiling).toBeCloseTo(10, 9);
  });

  it('is none where no call ended well', () => {
    const failed = { concurrency: 1, number: 1, rounds: [buildRound([[0, 1, 'TIMEOUT']])] };
    expect(judgeSweep(buildSweep([failed]))).toBeUndefined();
    expect(judgeSweep(buildSweep([]))).toBeUndefined();
  });
});

describe('a proof', () => {
  it.each([
    [2, 'was the limit'],
    [1, 'was not the limit'],
  ])('that makes it %s times as fast %s', (times, result) => {
    const change = 'the pool, 4 to 8 threads';
    const proof = { change, before: buildLevel(8, 40), after: buildLevel(8, 40 / times) };
    expect(judgeProof(proof)).toMatchObject({
      result,
      estimate: { ratio: expect.closeTo(times, 9), pairs: 3 },
    });
  });

  it('shows nothing when calls failed', () => {
    const failed = { concurrency: 1, number: 1, rounds: [buildRound([[0, 1, 'TIMEOUT']])] };
    const proof = judgeProof({ change: 'x', before: failed, after: failed });
    expect(proof).toEqual({ change: 'x', estimate: undefined, result: 'not shown' });
  });
});
