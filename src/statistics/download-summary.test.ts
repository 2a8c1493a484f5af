import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildDownloadedFiles,
  buildDownloadRun,
  MEGABYTE,
  notFound,
  PRESENT,
  WAITING,
} from '../../test/support/build-download-run.js';
import { summarizeDownload } from './download-summary.js';

describe('the summary of a batch of downloads', () => {
  it('counts what became of the files, and the bytes of those that are there', () => {
    const run = buildDownloadRun(
      buildDownloadedFiles(5, (index) => [{}, PRESENT, WAITING, notFound('a'), {}][index] ?? {}),
    );
    const summary = summarizeDownload(run);
    expect(summary.outcomes).toEqual({ done: 2, present: 1, failed: 1, stopped: 0, waiting: 1 });
    expect(summary).toMatchObject({
      there: 3,
      thereBytes: 3 * MEGABYTE,
      fetchedBytes: 2 * MEGABYTE,
      proofs: { list: 3, server: 0, length: 0, nothing: 0 },
    });
  });

  it('takes one turn after another for one file in flight, and those that overlap for several', () => {
    const inTurn = buildDownloadedFiles(4, (index) => ({
      startMs: index * 100,
      endMs: index * 100 + 100,
    }));
    expect(summarizeDownload(buildDownloadRun(inTurn)).mostInFlight).toBe(1);
    expect(summarizeDownload(buildDownloadRun(buildDownloadedFiles(4))).mostInFlight).toBe(4);
  });

  it('counts as many in flight as a look at every moment finds', () => {
    const moments = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 30 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(moments, (spans) => {
        const files = buildDownloadedFiles(spans.length, (index) => {
          const [startMs, tookMs] = spans[index] ?? [0, 1];
          return { startMs, endMs: startMs + tookMs };
        });
        const seen = Array.from(
          { length: 80 },
          (_, at) => spans.filter(([start, took]) => start <= at && at < start + took).length,
        );
        expect(summarizeDownload(buildDownloadRun(files)).mostInFlight).toBe(Math.max(...seen));
      }),
    );
  });

  it('tells bytes that came again from those that an earlier process left', () => {
    const files = buildDownloadedFiles(2, (index) =>
      index === 0
        ? { resumedBytes: 600_000, fetchedBytes: 400_000 }
        : { fetchedBytes: MEGABYTE + 250_000 },
    );
    expect(summarizeDownload(buildDownloadRun(files))).toMatchObject({
      resumedBytes: 600_000,
      repeatedBytes: 250_000,
    });
  });

  it.each([
    [69, 'io'],
    [71, 'mixed'],
    [460, 'mixed'],
    [470, 'cpu'],
  ])('with %i ms of CPU in 700 ms it is bound by: %s', (user, bound) => {
    const run = buildDownloadRun(buildDownloadedFiles(1), { cpuMs: { user, system: 0 } });
    expect(summarizeDownload(run).bound).toBe(bound);
  });

  it('of nothing has no rate and no verdict', () => {
    expect(summarizeDownload(buildDownloadRun([]))).toMatchObject({
      bytesPerSecond: undefined,
      bound: undefined,
      mostInFlight: 0,
      medianMs: undefined,
    });
  });
});
