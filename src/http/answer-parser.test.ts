import { describe, expect, it } from 'vitest';
import { everyByte, outcomeOf, ROOMY } from '../../test/support/answer-outcome.js';
import { AnswerParser } from './answer-parser.js';
import { HttpFault } from './http-fault.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

function begun(method = 'GET', limits = ROOMY): AnswerParser {
  const parser = new AnswerParser(limits);
  parser.begin(method, true);
  return parser;
}

function feed(parser: AnswerParser, text: string): number {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
  return parser.feed(bytes, bytes.length);
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof HttpFault) return error.code;
    throw error;
  }
  return 'no fault';
}

describe('an answer parser', () => {
  it('tells whether the answer has begun and whether it is complete', () => {
    const parser = begun();
    expect(parser).toMatchObject({ hasBegun: false, isComplete: false, status: 0 });
    feed(parser, '');
    expect(parser.hasBegun).toBe(false);
    feed(parser, 'H');
    expect(parser).toMatchObject({ hasBegun: true, isComplete: false });
    feed(parser, `${OK.slice(1)}Content-Length: 1\r\n\r\n`);
    expect(parser).toMatchObject({ isComplete: false, status: 200 });
    feed(parser, 'x');
    expect(parser).toMatchObject({ isComplete: true, keepsAlive: true });
    parser.begin('GET', true);
    expect(parser).toMatchObject({ hasBegun: false, isComplete: false, status: 0 });
    expect(parser.body()).toHaveLength(0);
  });

  it('reads no more than length says', () => {
    const parser = begun();
    const bytes = Buffer.from(`${OK}Content-Length: 4\r\n\r\nabcd`);
    expect(parser.feed(bytes, bytes.length - 2)).toBe(bytes.length - 2);
    expect(parser.isComplete).toBe(false);
  });

  it.each([
    ['a body with a length', `${OK}Content-Length: 2\r\n\r\nhi`],
    ['chunks', `${CHUNKED}2\r\nhi\r\n0\r\n\r\n`],
    ['no body', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('leaves over what comes after %s', (_, text) => {
    const parser = begun();
    expect(feed(parser, `${text}HTTP/1.1`)).toBe(text.length);
    expect(parser.isComplete).toBe(true);
    expect(feed(parser, 'more')).toBe(0);
  });

  it('hands out bodies that are left alone by the answers after them', () => {
    const parser = begun();
    feed(parser, `${OK}Content-Length: 5\r\n\r\nfirst`);
    const first = parser.body();
    parser.begin('GET', true);
    feed(parser, `${OK}Content-Length: 5\r\n\r\nother`);
    expect([first.toString(), parser.body().toString()]).toEqual(['first', 'other']);
  });

  it('puts a large body together, whichever way it comes', () => {
    const body = Array.from({ length: 30_000 }, (_, i) => String(i)).join(' ');
    const half = body.length >> 1;
    const size = (text: string): string => text.length.toString(16);
    const [a, b] = [body.slice(0, half), body.slice(half)];
    for (const text of [
      `${OK}Content-Length: ${body.length}\r\n\r\n${body}`,
      `${OK}\r\n${body}`,
      `${CHUNKED}${size(a)}\r\n${a}\r\n${size(b)}\r\n${b}\r\n0\r\n\r\n`,
    ]) {
      for (const piece of [text.length, 65_536, 1000, 7]) {
        const splits = everyByte(text).filter((place) => place % piece === 0);
        expect(outcomeOf(text, { splits })).toMatchObject({ body });
      }
    }
  });

  it.each([
    ['HEAD', `${OK}Content-Length: 2000000\r\n\r\n`],
    ['HEAD', CHUNKED],
    ['HEAD', `${OK}\r\n`],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2000000\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ])('expects no body of the answer to %s %j', (method, text) => {
    const parser = begun(method);
    expect(feed(parser, `${text}0`)).toBe(text.length);
    expect(parser).toMatchObject({ isComplete: true, keepsAlive: true });
  });

  it('checks headers of answers that have no body like others', () => {
    for (const status of ['204 No Content', '304 Not Modified', '200 OK', '103 Early Hints']) {
      for (const line of ['Content-Length: x', 'Transfer-Encoding: x', 'X\r\n y', 'a b: c']) {
        const outcome = outcomeOf(`HTTP/1.1 ${status}\r\n${line}\r\n\r\n`, { method: 'HEAD' });
        expect(outcome).toMatchObject({ code: 'MALFORMED' });
      }
    }
  });

  it('takes nothing an interim answer says for the final one', () => {
    const interim = 'HTTP/1.0 103 x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n';
    const final = `${OK}Content-Length: 2\r\n\r\nhi`;
    const outcome = { status: 200, body: 'hi', keepsAlive: true, leftOver: 0 };
    expect(outcomeOf(interim + final)).toEqual(outcome);
    const chunked = 'HTTP/1.1 103 x\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(outcomeOf(chunked + final)).toEqual(outcome);
  });

  it.each([100, 199, 200, 599, 600, 999])('knows the status %i', (status) => {
    const text = `HTTP/1.1 ${status} x\r\nContent-Length: 0\r\n\r\n`;
    const final = status < 200 ? `${text}${OK}Content-Length: 0\r\n\r\n` : text;
    expect(outcomeOf(final)).toMatchObject({ status: status < 200 ? 200 : status });
  });
});

describe('the end of the connection', () => {
  it.each([
    ['before', ''],
    ['within the status line of', 'HTTP/1.1 2'],
    ['within the header of', `${OK}Content-Length: 2\r\n\r`],
    ['after an interim answer before', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['within the body of', `${OK}Content-Length: 2\r\n\r\nh`],
    ['within a chunk of', `${CHUNKED}2\r\nh`],
    ['before the last chunk of', `${CHUNKED}2\r\nhi\r\n`],
    ['within the trailers of', `${CHUNKED}2\r\nhi\r\n0\r\n`],
  ])('%s an answer is a fault', (_, text) => {
    expect(outcomeOf(text)).toMatchObject({ code: 'CLOSED' });
  });

  it('completes an answer without a length, and changes nothing after a complete one', () => {
    const parser = begun();
    feed(parser, `${OK}\r\nhi`);
    expect(parser.isComplete).toBe(false);
    parser.end();
    expect(parser).toMatchObject({ isComplete: true, keepsAlive: false });
    parser.end();
    expect(parser.body().toString()).toBe('hi');
  });
});

describe('the limits', () => {
  const endings = [
    ['a header', '', `${OK}X: ${'x'.repeat(40)}\r\n\r\n`],
    ['trailers', `${CHUNKED}0\r\n`, `X: ${'x'.repeat(40)}\r\n\r\n`],
    ['an interim answer', '', `HTTP/1.1 103 x\r\nX: ${'x'.repeat(80)}\r\n\r\n`],
  ] as const;

  it.each(endings)(
    'let %s through that is as long as allowed, and none longer',
    (_, before, text) => {
      const size = (before === '' ? '' : CHUNKED).length + text.length;
      const rest = text.includes('103') ? `${OK}\r\n` : '';
      for (const splits of [[], everyByte(before + text)]) {
        const read = (maxHeaderBytes: number): unknown =>
          outcomeOf(before + text + rest, { splits, limits: { maxHeaderBytes, maxBodyBytes: 9 } });
        expect(read(size)).toMatchObject({ status: 200 });
        expect(read(size - 1)).toMatchObject({ code: 'HEADERS_TOO_LARGE' });
      }
    },
  );

  it.each([
    ['a body with a length', `${OK}Content-Length: 10\r\n\r\n`, '0123456789'],
    ['a chunk', `${CHUNKED}A\r\n`, '0123456789\r\n0\r\n\r\n'],
    ['chunks together', `${CHUNKED}5\r\n01234\r\n5\r\n`, '56789\r\n0\r\n\r\n'],
  ])('refuse %s as soon as it is announced', (_, announcement, rest) => {
    const limits = { maxHeaderBytes: 1000, maxBodyBytes: 9 };
    expect(codeOf(() => feed(begun('GET', limits), announcement))).toBe('BODY_TOO_LARGE');
    const roomier = { ...limits, maxBodyBytes: 10 };
    expect(outcomeOf(announcement + rest, { limits: roomier })).toMatchObject({
      body: '0123456789',
    });
  });

  it('count a body without a length, kept or not', () => {
    const limits = { maxHeaderBytes: 1000, maxBodyBytes: 9 };
    for (const keepBody of [true, false]) {
      const reading = { limits, keepBody };
      expect(outcomeOf(`${OK}\r\n012345678`, reading)).toMatchObject({ status: 200 });
      expect(outcomeOf(`${OK}\r\n0123456789`, reading)).toMatchObject({ code: 'BODY_TOO_LARGE' });
    }
  });

  it.each([
    ['header line', OK, 'x'],
    ['header value', `${OK}X: `, 'x'],
    ['row of header lines', OK, 'X: y\r\n'],
    ['row of spaces before a length', `${OK}Content-Length: `, ' '],
    ['length of zeros', `${OK}Content-Length: `, '0'],
    ['list of connection options', `${OK}Connection: `, 'close,'],
    ['reason', 'HTTP/1.1 200 ', 'x'],
    ['row of interim answers', '', 'HTTP/1.1 103 x\r\n\r\n'],
    ['chunk extension', `${CHUNKED}1;`, 'x'],
    ['row of chunks with extensions', CHUNKED, '1;x=y\r\nz\r\n'],
    ['row of trailers', `${CHUNKED}0\r\n`, 'X: y\r\n'],
  ])('end an endless %s', (_, before, more) => {
    const limits = { maxHeaderBytes: 4096, maxBodyBytes: 1_000_000 };
    const parser = begun('GET', limits);
    feed(parser, before);
    let fed = 0;
    const endless = (): void => {
      for (; fed < 1_000_000; fed += more.length) feed(parser, more);
    };
    expect(codeOf(endless)).toBe('HEADERS_TOO_LARGE');
    expect(fed).toBeLessThan(4 * 4096);
  });

  it('count anew for each answer', () => {
    const limits = { maxHeaderBytes: 100, maxBodyBytes: 2 };
    const parser = new AnswerParser(limits);
    const interim = 'HTTP/1.1 103 x\r\n\r\n'.repeat(12);
    const text = `${interim}${CHUNKED}2;${'x'.repeat(90)}\r\nhi\r\n0\r\nA: b\r\n\r\n`;
    for (let i = 0; i < 3; i++) {
      expect(outcomeOf(text, { parser })).toMatchObject({ status: 200, body: 'hi', leftOver: 0 });
    }
  });

  it('hold for a header that another parser was allowed to read, often', () => {
    const text = `${OK}X: allowed elsewhere\r\nContent-Length: 2\r\n\r\nhi`;
    for (let i = 0; i < 40; i++) expect(outcomeOf(text)).toMatchObject({ status: 200 });
    const limits = { maxHeaderBytes: text.length - 3, maxBodyBytes: 9 };
    expect(outcomeOf(text, { limits })).toMatchObject({ code: 'HEADERS_TOO_LARGE' });
  });

  it('end a chunk size that goes on in zeros', () => {
    const parser = begun();
    feed(parser, CHUNKED);
    expect(codeOf(() => feed(parser, '0'.repeat(17)))).toBe('MALFORMED');
  });

  it('keep memory small for a body that is announced and does not come', () => {
    const parser = begun('GET', { maxHeaderBytes: 1000, maxBodyBytes: 2 ** 40 });
    feed(parser, `${OK}Content-Length: ${2 ** 40}\r\n\r\nx`);
    expect(parser.body().buffer.byteLength).toBeLessThan(200_000);
  });
});
