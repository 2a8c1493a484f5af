import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DownloadError } from '../core/download-error.js';
import { type AnswerMeaning, meaningOf } from './answer-check.js';
import type { Resumption } from './resumption.js';
import type { AnswerHead } from './transport.js';

const NOTHING: AnswerHead = {
  status: 200,
  contentLength: undefined,
  endsWithConnection: false,
  etag: undefined,
  lastModified: undefined,
  date: undefined,
  contentRange: undefined,
  contentEncoding: undefined,
  reprDigest: undefined,
  location: undefined,
  retryAfter: undefined,
};
const MODIFIED = 'Thu, 15 Jan 2026 11:00:00 GMT';
const TAG = { kind: 'etag', value: '"v1"' } as const;
const DAY = { kind: 'date', value: MODIFIED } as const;
const DIGEST = { algorithm: 'sha256', hex: '00'.repeat(32) };
const REPR_DIGEST = `sha-256=:${Buffer.alloc(32).toString('base64')}:`;

const PART: Resumption = { offset: 10, validator: TAG, sizeBytes: 100, hasChecksum: false };
const SUMMED: Resumption = { ...PART, hasChecksum: true };

type Change = Partial<AnswerHead>;

function meaning(head: Change, asked?: Resumption, file: { name?: string } = {}): AnswerMeaning {
  const hasChecksum = asked?.hasChecksum ?? false;
  return meaningOf({ ...NOTHING, ...head }, asked, { name: 'a.iso', hasChecksum, ...file });
}

/** What it means in a few words: the kind, and for a failure its code. */
function kindOf(found: AnswerMeaning): string {
  return found.kind === 'failed' ? `failed ${found.error.code}` : found.kind;
}

describe('a 200', () => {
  it.each<[string, Change, string]>([
    ['with a length', { contentLength: 5 }, 'whole'],
    ['in chunks', {}, 'whole'],
    ['that is empty', { contentLength: 0 }, 'whole'],
    ['without an end', { endsWithConnection: true }, 'failed NO_LENGTH'],
    [
      'without an end, with a digest',
      { endsWithConnection: true, reprDigest: REPR_DIGEST },
      'whole',
    ],
    ['that is encoded', { contentEncoding: 'gzip' }, 'failed ENCODED'],
    ['that is encoded otherwise', { contentEncoding: 'br' }, 'failed ENCODED'],
    ['that says it is not encoded', { contentEncoding: 'Identity' }, 'whole'],
  ])('%s', (_, head, kind) => {
    expect(kindOf(meaning(head))).toBe(kind);
    expect(kindOf(meaning(head, PART))).toBe(kind);
    expect(kindOf(meaning(head, SUMMED))).toBe('whole');
  });

  it.each<[string, string, string]>([
    ['a.tar.gz', 'gzip', 'whole'],
    ['a.TGZ', 'x-gzip', 'whole'],
    ['a.tar.gz', 'br', 'failed ENCODED'],
    ['a.tar.gz', 'gzip, gzip', 'failed ENCODED'],
    ['agz', 'gzip', 'failed ENCODED'],
  ])('of %s encoded with %s', (name, contentEncoding, kind) => {
    expect(kindOf(meaning({ contentEncoding }, undefined, { name }))).toBe(kind);
  });

  it('tells length, version and digest', () => {
    const head = { contentLength: 5, etag: '"v2"', reprDigest: REPR_DIGEST };
    expect(meaning(head, PART)).toEqual({
      kind: 'whole',
      sizeBytes: 5,
      validator: { kind: 'etag', value: '"v2"' },
      digest: DIGEST,
    });
  });
});

describe('a 206', () => {
  const fits = { status: 206, contentRange: 'bytes 10-99/100', contentLength: 90, etag: '"v1"' };
  const unknown = { ...PART, sizeBytes: undefined };
  const byDate = { ...PART, validator: DAY };
  const bySum = { ...SUMMED, validator: undefined };

  it('that fits tells where it ends', () => {
    expect(meaning({ ...fits, reprDigest: REPR_DIGEST }, PART)).toEqual({
      kind: 'part',
      lastByte: 99,
      sizeBytes: 100,
      digest: DIGEST,
    });
    const shorter = { ...fits, contentRange: 'bytes 10-49/100', contentLength: 40 };
    expect(meaning(shorter, PART)).toMatchObject({ kind: 'part', lastByte: 49, sizeBytes: 100 });
  });

  it.each<[string, Change, Resumption | undefined, string]>([
    ['nobody asked for', {}, undefined, 'failed BAD_ANSWER'],
    ['with no byte there', {}, { ...PART, offset: 0 }, 'failed BAD_ANSWER'],
    ['asked for without a way to tell', {}, { ...PART, validator: undefined }, 'failed BAD_ANSWER'],
    ['in chunks', { contentLength: undefined }, PART, 'part'],
    ['of a size that was not known', {}, unknown, 'part'],
    ['that leaves the known size open', { contentRange: 'bytes 10-99/*' }, PART, 'part'],
    ['that leaves the size open', { contentRange: 'bytes 10-99/*' }, unknown, 'again'],
    [
      'that leads behind the known size',
      { contentRange: 'bytes 10-100/*', contentLength: 91 },
      PART,
      'again',
    ],
    ['without Content-Range', { contentRange: undefined }, PART, 'again'],
    ['with a Content-Range that is none', { contentRange: 'bytes 10-9/100' }, PART, 'again'],
    ['that says it is none', { contentRange: 'bytes */100' }, PART, 'again'],
    ['that begins too early', { contentRange: 'bytes 9-98/100' }, PART, 'again'],
    ['that begins too late', { contentRange: 'bytes 11-99/100', contentLength: 89 }, PART, 'again'],
    [
      'that begins at the first byte',
      { contentRange: 'bytes 0-99/100', contentLength: 100 },
      SUMMED,
      'again',
    ],
    ['of another size', { contentRange: 'bytes 10-99/101' }, PART, 'again'],
    ['of another size, with a checksum', { contentRange: 'bytes 10-99/101' }, SUMMED, 'again'],
    ['with another length than it says', { contentLength: 89 }, PART, 'again'],
    ['of another version', { etag: '"v2"' }, PART, 'again'],
    ['of another version, with a checksum', { etag: '"v2"' }, SUMMED, 'again'],
    ['without ETag', { etag: undefined }, PART, 'again'],
    ['without ETag, with a checksum', { etag: undefined }, SUMMED, 'part'],
    ['with a weak ETag', { etag: 'W/"v1"' }, PART, 'again'],
    ['with a weak ETag and a checksum', { etag: 'W/"v1"' }, SUMMED, 'part'],
    ['with any ETag, by its checksum', { etag: '"v2"' }, bySum, 'part'],
    ['of the same date', { etag: undefined, lastModified: MODIFIED }, byDate, 'part'],
    ['of another date', { lastModified: 'Thu, 15 Jan 2026 11:00:01 GMT' }, byDate, 'again'],
    ['without a date', {}, byDate, 'again'],
    ['without a date, with a checksum', {}, { ...byDate, hasChecksum: true }, 'part'],
    ['that is encoded', { contentEncoding: 'gzip' }, PART, 'again'],
    ['that is encoded, with a checksum', { contentEncoding: 'gzip' }, SUMMED, 'part'],
    [
      'that only the connection ends',
      { contentLength: undefined, endsWithConnection: true },
      PART,
      'part',
    ],
  ])('%s', (_, change, resumption, kind) => {
    expect(kindOf(meaning({ ...fits, ...change }, resumption))).toBe(kind);
  });

  it('is taken only when it goes on at the byte that is missing, of the same size', () => {
    const number = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(number, number, number, number, number, (offset, size, first, last, told) => {
        const contentRange = `bytes ${first}-${last}/${told}`;
        const head = { status: 206, contentRange, etag: '"v1"' };
        const fit = offset > 0 && first === offset && first <= last && last < told && told === size;
        const found = meaning(head, { ...PART, offset, sizeBytes: size });
        expect(found.kind === 'part').toBe(fit);
      }),
      { numRuns: 2000, examples: [[10, 20, 10, 19, 20]] },
    );
  });
});

describe('a 416', () => {
  const whole = { ...PART, offset: 100 };
  const unknown = { ...whole, sizeBytes: undefined };
  it.each<[string, Change, Resumption | undefined, string]>([
    ['when all bytes are there', { contentRange: 'bytes */100' }, whole, 'complete'],
    [
      'when all are there, of a size not known',
      { contentRange: 'bytes */100' },
      unknown,
      'complete',
    ],
    ['without a size, when all are there', {}, whole, 'complete'],
    ['without a size, when nobody knows', {}, unknown, 'again'],
    ['when some are missing', { contentRange: 'bytes */100' }, PART, 'again'],
    ['when the file has become shorter', { contentRange: 'bytes */10' }, PART, 'again'],
    ['when the file has become longer', { contentRange: 'bytes */101' }, whole, 'again'],
    ['of another version', { contentRange: 'bytes */100', etag: '"v2"' }, whole, 'again'],
    ['nobody asked for', { contentRange: 'bytes */100' }, undefined, 'failed STATUS'],
  ])('%s', (_, change, resumption, kind) => {
    expect(kindOf(meaning({ status: 416, ...change }, resumption))).toBe(kind);
  });
});

describe('another status', () => {
  it.each<[number, string, string]>([
    [304, 'failed BAD_ANSWER', 'again'],
    [412, 'failed STATUS', 'again'],
    [101, 'failed BAD_ANSWER', 'failed BAD_ANSWER'],
    [204, 'failed STATUS', 'failed STATUS'],
    [300, 'failed STATUS', 'failed STATUS'],
    [302, 'failed REDIRECT', 'failed REDIRECT'],
    [404, 'failed STATUS', 'failed STATUS'],
    [503, 'failed STATUS', 'failed STATUS'],
  ])('%d means %s, and %s with a part there', (status, alone, withPart) => {
    expect(kindOf(meaning({ status }))).toBe(alone);
    expect(kindOf(meaning({ status }, PART))).toBe(withPart);
  });

  it.each([301, 302, 303, 307, 308])('%d leads elsewhere', (status) => {
    const redirect = { kind: 'redirect', location: '/b' };
    expect(meaning({ status, location: '/b' })).toEqual(redirect);
    expect(meaning({ status, location: '/b' }, PART)).toEqual(redirect);
  });

  it('may pass when it says that it is about now', () => {
    const passing = Array.from({ length: 500 }, (_, index) => index + 100).filter((status) => {
      const found = meaning({ status });
      return found.kind === 'failed' && found.error.mayPass;
    });
    expect(passing).toEqual([408, 425, 429, 500, 502, 503, 504]);
  });

  it('is told with the name of the file, and with Retry-After', () => {
    expect(meaning({ status: 404 })).toMatchObject({
      error: { message: 'the server answered 404 Not Found' },
    });
    expect(meaning({ status: 599 })).toMatchObject({
      error: { message: 'the server answered status 599' },
    });
    expect(meaning({ status: 503, retryAfter: '7' })).toMatchObject({
      error: { code: 'STATUS', mayPass: true, retryAfter: '7' },
    });
  });

  it('of any kind, with any headers, means something', () => {
    const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    const heads = fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      contentLength: fc.option(fc.nat(), { nil: undefined }),
      endsWithConnection: fc.boolean(),
      etag: text,
      lastModified: text,
      date: text,
      contentRange: text,
      contentEncoding: text,
      reprDigest: text,
      location: text,
      retryAfter: text,
    });
    fc.assert(
      fc.property(heads, fc.constantFrom(undefined, PART, SUMMED), (head, resumption) => {
        const found = meaning(head, resumption);
        if (found.kind === 'failed') expect(found.error).toBeInstanceOf(DownloadError);
        if (found.kind === 'part') expect(head.status).toBe(206);
        if (found.kind === 'whole') expect(head.status).toBe(200);
      }),
    );
  });
});
