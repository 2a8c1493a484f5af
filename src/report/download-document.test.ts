import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildDownloadedFile,
  buildDownloadedFiles,
  buildDownloadRun,
  WAITING,
} from '../../test/support/build-download-run.js';
import { expectSchema } from '../../test/support/expect-schema.js';
import { expectWellFormed } from '../../test/support/expect-well-formed.js';
import {
  CHECKSUM_ALGORITHMS,
  DOWNLOAD_FAILURE_CODES,
  type DownloadedFile,
  type DownloadEvent,
  type DownloadRun,
} from '../core/download.js';
import { downloadDocument } from './download-document.js';
import { downloadEventDocument } from './download-event-document.js';
import { renderDownloadHtml } from './download-html.js';
import { renderDownloadMarkdown } from './download-markdown.js';
import { renderDownloadSvg } from './download-svg.js';
import { renderDownload } from './download-text.js';
import { PLAIN_STYLE } from './style.js';

const SCHEMA = 'download.schema.json';
const inJson = (document: object): unknown => JSON.parse(JSON.stringify(document));

// Moments as a clock tells them, in whole microseconds.
const moment = fc.integer({ min: 0, max: 1e9 }).map((microseconds) => microseconds / 1000);
const bytes = fc.nat(2 ** 40);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });

const anyFile: fc.Arbitrary<Partial<DownloadedFile>> = fc
  .record({
    spans: fc.tuple(moment, moment, moment),
    begun: fc.constantFrom('nothing', 'asked', 'answered'),
    name,
    url: name,
    outcome: fc.constantFrom('done', 'present', 'failed', 'stopped', 'waiting'),
    sizeBytes: maybe(bytes),
    fetchedBytes: bytes,
    resumedBytes: bytes,
    attempts: fc.nat(9),
    restarts: fc.array(name, { maxLength: 3 }),
    checksum: maybe(
      fc.record({
        algorithm: fc.constantFrom(...CHECKSUM_ALGORITHMS),
        hex: fc.constantFrom('00', 'ff'.repeat(64)),
      }),
    ),
    proof: fc.constantFrom('list', 'server', 'length', 'nothing'),
    failure: maybe(fc.record({ code: fc.constantFrom(...DOWNLOAD_FAILURE_CODES), message: name })),
  })
  .map(({ spans: [start, answer, end], begun, ...file }) =>
    Object.assign(file, {
      startMs: begun === 'nothing' ? undefined : start,
      firstByteMs: begun === 'answered' ? start + answer : undefined,
      endMs: file.outcome === 'waiting' ? undefined : start + answer + end,
    }),
  );

const anyRun: fc.Arbitrary<DownloadRun> = fc
  .record({
    files: fc.array(anyFile, { maxLength: 60 }),
    cpuMs: fc.record({ user: moment, system: moment }),
    limits: fc.record({
      concurrency: fc.constantFrom(1, 20, Infinity),
      perHost: fc.constantFrom(1, 20, Infinity),
      bytesPerSecond: maybe(fc.constantFrom(1, 2e6, Infinity)),
      durable: fc.boolean(),
    }),
    retries: fc.nat(100),
    interrupted: fc.boolean(),
    diskFull: maybe(name),
  })
  .map(({ files, ...over }) =>
    buildDownloadRun(
      files.map((file, index) => buildDownloadedFile(index, file)),
      over,
    ),
  );

describe('the document of a batch of downloads', () => {
  it('has the form that its schema says, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (run) => {
        await expectSchema(SCHEMA, inJson(downloadDocument(run)));
      }),
      { numRuns: 50 },
    );
  });

  it('tells times in seconds and sizes in bytes, and null for what is not known', () => {
    const files = buildDownloadedFiles(2, (index) => (index === 0 ? {} : WAITING));
    expect(inJson(downloadDocument(buildDownloadRun(files)))).toMatchObject({
      schema: 'lwasync.download/1',
      folder: '/downloads',
      limits: { concurrency: 20, perHost: 20, bytesPerSecond: null, durable: true },
      seconds: 0.7,
      bytesPerSecond: 1_428_570,
      counts: { files: 2, done: 1, present: 0, failed: 0, stopped: 0, waiting: 1 },
      bytes: { there: 1_000_000, fetched: 1_000_000, resumed: 0, repeated: 0 },
      mostInFlight: 1,
      bound: 'mixed',
      resources: { userCpuSeconds: 0.06, systemCpuSeconds: 0.025, peakMemoryBytes: 61_200_000 },
      files: [
        { name: 'file-01.bin', start: 0, firstByte: 0.2, end: 0.7, size: 1_000_000, proof: 'list' },
        { outcome: 'waiting', start: null, firstByte: null, end: null, size: null, failure: null },
      ],
      diskFull: null,
    });
  });
});

describe('the events of a batch of downloads as documents', () => {
  const file = buildDownloadedFile(0);
  const events: readonly DownloadEvent[] = [
    { kind: 'begun', index: 0, name: 'a', url: 'http://h/a', sizeBytes: undefined, fromByte: 7 },
    { kind: 'restarted', index: 0, name: 'a', reason: 'another version' },
    { kind: 'retrying', index: 0, name: 'a', attempt: 2, delayMs: 250, reason: 'cut' },
    {
      kind: 'progress',
      progress: {
        elapsedMs: 1500,
        files: 2,
        finished: 1,
        failed: 0,
        receivedBytes: 10,
        knownBytes: 20,
        unknownSizes: 1,
        bytesPerSecond: 1.5,
        active: [
          { index: 1, name: 'b', receivedBytes: 3, sizeBytes: undefined, bytesPerSecond: 0.4 },
        ],
      },
    },
    { kind: 'finished', file },
    { kind: 'ended', run: buildDownloadRun([file]) },
  ];

  it.each(events.map((event) => [event.kind, event] as const))(
    'have the form that the schema says: %s',
    async (kind, event) => {
      const document = downloadEventDocument(event);
      expect(document).toHaveProperty('event', kind);
      await expectSchema(SCHEMA, inJson(document), '#/$defs/event');
    },
  );

  it('end with the document of the whole', () => {
    const run = buildDownloadRun([file]);
    expect(downloadEventDocument({ kind: 'ended', run })).toEqual({
      event: 'ended',
      download: downloadDocument(run),
    });
  });
});

it('no report of any batch has a figure that is none, or markup or control characters of others', () => {
  fc.assert(
    fc.property(anyRun, (observed) => {
      const files = observed.files.map((_, index) =>
        buildDownloadedFile(
          index,
          Object.assign({}, observed.files[index], { name: 'a\u001b<b>' }),
        ),
      );
      const run = { ...observed, files };
      const text = renderDownload(run, PLAIN_STYLE, 80);
      const html = renderDownloadHtml(run);
      const svg = renderDownloadSvg(run);
      for (const report of [text, html, svg, renderDownloadMarkdown(run)]) {
        expect(report).not.toMatch(
          /\bNaN\b|Infinity|(?!\n)\p{Cc}|>undefined|, undefined| undefined /u,
        );
      }
      expect(html).not.toContain('<b>');
      expectWellFormed(svg);
    }),
    { numRuns: 100 },
  );
});
