import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { formatRequest } from './format-request.js';

const usual = { method: 'GET', target: '/say-hi?x=1', host: 'localhost:8080', headers: {} };

describe('a request', () => {
  it('is its first line, its host, its headers and an empty line', () => {
    const headers = { accept: 'application/json', 'x-a': 'ü' };
    expect(formatRequest({ ...usual, headers }).toString('latin1')).toBe(
      'GET /say-hi?x=1 HTTP/1.1\r\nhost: localhost:8080\r\naccept: application/json\r\nx-a: ü\r\n\r\n',
    );
  });

  it('has one host, the one among its headers where there is one', () => {
    const text = formatRequest({ ...usual, headers: { a: 'b', HOST: 'other' } }).toString();
    expect(text).toBe('GET /say-hi?x=1 HTTP/1.1\r\nhost: other\r\na: b\r\n\r\n');
  });

  it.each(['POST', 'PUT', 'PATCH'])('says that a %s has no body', (method) => {
    expect(formatRequest({ ...usual, method }).toString()).toContain('\r\ncontent-length: 0\r\n');
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('says nothing about the body of a %s', (method) => {
    expect(formatRequest({ ...usual, method }).toString()).not.toContain('content-length');
  });

  it('says only once how long its body is', () => {
    const headers = { 'Content-Length': '0' };
    const text = formatRequest({ ...usual, method: 'POST', headers }).toString();
    expect(text.match(/content-length/gi)).toHaveLength(1);
  });

  it.each(['POST', 'GET', 'DELETE'])(
    'of %s ends with its body and says its length in bytes',
    (method) => {
      const body = Buffer.from('€\r\n\0');
      const request = formatRequest({ ...usual, method, body });
      expect(request.toString()).toBe(
        `${method} /say-hi?x=1 HTTP/1.1\r\nhost: localhost:8080\r\ncontent-length: 6\r\n\r\n€\r\n\0`,
      );
    },
  );

  it('says the length of its body rightly, whatever its headers say', () => {
    const headers = { 'Content-Length': '5' };
    const body = Uint8Array.of(1, 2);
    const text = formatRequest({ ...usual, method: 'POST', headers, body }).toString();
    expect(text.match(/content-length: .*/gi)).toEqual(['content-length: 2']);
  });

  it.each(['\r', '\n', '\0', '\u010a', '\u010d', '\u0100', '\u2028'])(
    'is refused when %j stands in any part of it',
    (bad) => {
      const text = `a${bad}b`;
      const wrong = [
        { ...usual, method: text },
        { ...usual, target: text },
        { ...usual, host: text },
        { ...usual, headers: { [text]: 'x' } },
        { ...usual, headers: { x: text } },
        { ...usual, headers: { host: text } },
      ];
      for (const parts of wrong) expect(() => formatRequest(parts)).toThrow(UsageError);
    },
  );

  it('is refused when its method, target or a header name holds what ends it', () => {
    expect(() => formatRequest({ ...usual, method: 'GET /' })).toThrow(UsageError);
    expect(() => formatRequest({ ...usual, target: '/ HTTP/1.1' })).toThrow(UsageError);
    expect(() => formatRequest({ ...usual, headers: { 'a: b': 'c' } })).toThrow(UsageError);
  });

  it('has as many lines as it was given headers, whatever is in them', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text)), (target, pairs) => {
        const named = pairs.filter(([name]) => name.toLowerCase() !== 'host');
        const headers = Object.fromEntries(named);
        try {
          const lines = formatRequest({ ...usual, target, headers })
            .toString('latin1')
            .split(/[\r\n]+/);
          expect(lines).toHaveLength(Object.keys(headers).length + 3);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
