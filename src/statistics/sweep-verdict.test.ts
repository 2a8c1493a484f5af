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
      concurrency: 1,
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
    const verdict = judgeSweep(buildSweep([failing]));
    expect(verdict?.levels).toMatchObject([{ throughput: 150, failed: 1 }]);
  });

  it('takes no level for a stop in which much more failed than in the first', () => {
    const broken = buildRound(
      Array.from({ length: 80 }, (_, index) =>
        index % 4 === 0 ? ([0, 1, 'CONNECTION_REFUSED'] as const) : ([0, 400] as const),
      ),
    );
    const levels = [buildLevel(1, 50), buildLevel(2, 50)];
    const verdict = judgeSweep(
      buildSweep([...levels, { concurrency: 4, number: 80, rounds: [broken] }]),
    );
    expect(verdict).toMatchObject({
      levels: [{ at: 1 }, { at: 2 }],
      stop: { at: undefined },
      failing: { at: 4 },
      cause: { name: 'unknown' },
    });
    expect(verdict?.cause.evidence).toContain(
      'with 4 in flight 25 % of the calls failed, CONNECTION_REFUSED: ',
    );
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
