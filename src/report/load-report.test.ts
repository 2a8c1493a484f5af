import { describe, expect, it } from 'vitest';
import { buildLoadRun, oneAfterAnother } from '../../test/support/build-load-run.js';
import { expectSchema } from '../../test/support/expect-schema.js';
import { decodeHistogram } from '../statistics/histogram-encoding.js';
import { loadDocument } from './load-document.js';
import { renderLoadMarkdown } from './load-markdown.js';
import { renderLoad } from './load-text.js';
import { PLAIN_STYLE } from './style.js';

const steady = oneAfterAnother(Array.from({ length: 100 }, () => 10));
const closed = buildLoadRun(steady);
const open = buildLoadRun(steady, { ratePerSecond: 200, concurrency: 1 });
const failing = buildLoadRun([[0, 100, 'fails']]);
const text = (run = closed): string => renderLoad(run, PLAIN_STYLE, 79);

describe('the report of a load run', () => {
  it('says how many calls were made, and how many a second', () => {
    expect(text()).toMatch(/^100 asynchronous calls in 1\.000 s: 100 calls\/s\n/);
    expect(text(open)).toContain('100 calls/s of 200 asked for');
  });

  it('says of each latency from when it is counted', () => {
    expect(text()).toContain('latency (closed loop, c=50)');
    expect(text()).not.toContain('corrected');
    const heading =
      /latency \(open loop\) +corrected: from the intended start +uncorrected: from the actual start/;
    expect(text(open)).toMatch(heading);
    expect(renderLoadMarkdown(open)).toContain('corrected: from the intended start');
    expect(text(open)).toMatch(/^max +505 ms +10\.0 ms$/m);
  });

  it('shows no latency where every call failed', () => {
    expect(text(failing)).toBe('1 asynchronous call in 100 ms, and every one failed');
    expect(renderLoadMarkdown(failing)).toContain('1 of 1 async calls failed, HTTP_STATUS');
  });

  it('draws what happened over time, a blank where nothing ended', () => {
    const pause = [...steady, ...steady.map(([start, end]) => [start + 1500, end + 1500] as const)];
    expect(text(buildLoadRun(pause))).toMatch(
      /^calls\/s {2}[▇█]{10}▁ {4}[▇█]{10} {2}up to 110\np99 {6}█{11} {4}█{10} {2}up to 10\.0 ms$/m,
    );
  });

  it('tells what never ended, and that it was stopped', () => {
    const counts = { begun: 105, ok: 100, failed: 0, unfinished: 5, neverBegun: 2 };
    const stopped = text(buildLoadRun(steady, {}, { counts, interrupted: true }));
    expect(stopped).toMatch(/^Stopped before the end/);
    expect(stopped).toContain('Calls: 100 ok, 5 unfinished at the end, 2 due but never begun.');
  });

  it.each([
    ['a closed loop', closed],
    ['an open loop', open],
    ['nothing but failures', failing],
    ['nothing at all', buildLoadRun([])],
  ])('of %s is a document in the published form', async (_, run) => {
    await expectSchema('load.schema.json', loadDocument(run));
  });

  it('has its histograms in the document, to be merged with others', () => {
    const document = JSON.parse(JSON.stringify(loadDocument(open))) as {
      latency: { histogram: string; max: number };
      serviceTime: { histogram: string; max: number };
    };
    expect(decodeHistogram(document.latency.histogram).count()).toBe(100);
    expect([document.latency.max, document.serviceTime.max]).toEqual([0.505, 0.01]);
  });
});
