import { describe, expect, it } from 'vitest';
import { everyByte, ROOMY } from '../../test/support/answer-outcome.js';
import type { AnswerNotes } from './answer-notes.js';
import { AnswerParser } from './answer-parser.js';
import { NOTED_OF_FILES } from './noted-headers.js';

const END = 'Content-Length: 0\r\n\r\n';

function notesOf(
  headers: string,
  splits: readonly number[] = [],
  parser = new AnswerParser(ROOMY),
): AnswerNotes | undefined {
  const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${headers}${END}`, 'latin1');
  parser.begin('GET', true);
  let from = 0;
  for (const to of [...splits, bytes.length]) {
    const piece = new Uint8Array(bytes.subarray(from, to));
    parser.feed(piece, piece.length);
    from = to;
  }
  expect(parser.isComplete).toBe(true);
  return parser.notes;
}

describe('what is noted of an answer', () => {
  it('is nothing when none of its headers matters', () => {
    expect(
      notesOf('Date: today\r\nETag: "1"\r\nretry-afters: 5\r\nLocations: /x\r\n'),
    ).toBeUndefined();
  });

  it.each([
    ['Location: /elsewhere?a=b\r\n', { location: '/elsewhere?a=b' }],
    ['RETRY-AFTER:  5 \t\r\n', { retryAfter: '5' }],
    ['retry-after:\r\n', { retryAfter: '' }],
    [
      'Server-Timing: queue;dur=1\r\nserver-timing: wait;dur=2\r\n',
      {
        serverTiming: 'queue;dur=1, wait;dur=2',
      },
    ],
    [
      'Location: /\u00e4\r\nServer-Timing: a\r\nRetry-After: 1\r\n',
      {
        location: '/\u00e4',
        serverTiming: 'a',
        retryAfter: '1',
      },
    ],
  ])('is the value of %j, wherever it is split', (headers, expected) => {
    const whole = notesOf(headers);
    const nothing = { location: undefined, retryAfter: undefined, serverTiming: undefined };
    expect(whole).toEqual({ ...nothing, ...expected });
    for (const place of everyByte(headers)) expect(notesOf(headers, [place])).toEqual(whole);
    expect(notesOf(headers, everyByte(headers))).toEqual(whole);
  });

  it('is that of the final answer, and not of one before it or of its trailers', () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLocation: /early\r\n\r\n';
    const trailers = '0\r\nServer-Timing: late\r\n\r\n';
    const parser = new AnswerParser(ROOMY);
    parser.begin('GET', true);
    const text = `${early}HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${trailers}`;
    const bytes = Buffer.from(text);
    expect(parser.feed(bytes, bytes.length)).toBe(bytes.length);
    expect(parser).toMatchObject({ isComplete: true, notes: undefined });
  });

  it('is remembered with a header that comes again, and forgotten with another', () => {
    const parser = new AnswerParser(ROOMY);
    for (let count = 0; count < 40; count += 1) {
      expect(notesOf('Retry-After: 7\r\n', [], parser)).toMatchObject({ retryAfter: '7' });
    }
    expect(notesOf('X-Other: 7\r\n', [], parser)).toBeUndefined();
    expect(notesOf('Retry-After: 7\r\n', [], parser)).toMatchObject({ retryAfter: '7' });
  });

  it('is more for a file than for a call, wherever it is split', () => {
    const values = {
      etag: '"1"',
      lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
      date: 'today',
      contentRange: 'bytes 0-1/2',
      contentEncoding: 'gzip',
      reprDigest: 'a=:AA==:, b=:BB==:',
    };
    const headers =
      'ETag: "1"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nDATE: today\r\n' +
      'Content-Range: bytes 0-1/2\r\nContent-Encoding: gzip\r\n' +
      'Repr-Digest: a=:AA==:\r\nrepr-digest: b=:BB==:\r\nServer-Timing: a\r\n';
    for (const splits of [[], ...everyByte(headers).map((place) => [place]), everyByte(headers)]) {
      const parser = new AnswerParser(ROOMY, NOTED_OF_FILES);
      const notes = notesOf(headers, splits, parser);
      expect(notes).toEqual({ ...notes, ...values, serverTiming: undefined });
    }
  });

  it('is its own for parsers that note other headers, though the header was remembered', () => {
    const forCalls = new AnswerParser(ROOMY);
    const forFiles = new AnswerParser(ROOMY, NOTED_OF_FILES);
    for (let count = 0; count < 40; count += 1) {
      const headers = 'ETag: "1"\r\nServer-Timing: a\r\n';
      expect(notesOf(headers, [], forCalls)).toMatchObject({ serverTiming: 'a', etag: undefined });
      expect(notesOf(headers, [], forFiles)).toMatchObject({
        serverTiming: undefined,
        etag: '"1"',
      });
    }
  });
});
