import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from './http-date.js';

const NOW = Date.UTC(2026, 0, 15);
const MOMENT = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('a date of HTTP', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', MOMENT],
    ['Sunday, 06-Nov-94 08:49:37 GMT', MOMENT],
    ['Sun Nov  6 08:49:37 1994', MOMENT],
    ['Tuesday, 06-Nov-76 08:49:37 GMT', Date.UTC(2076, 10, 6, 8, 49, 37)],
    ['Tuesday, 06-Nov-77 08:49:37 GMT', Date.UTC(1977, 10, 6, 8, 49, 37)],
    ['Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2016, 11, 31, 23, 59, 59)],
    ['Sun, 06 Nov 1994 08:49:37', undefined],
    ['Sun, 06 Nov 1994 08:49:37 CET', undefined],
    ['Sun, 6 Nov 1994 08:49:37 GMT', undefined],
    ['Sun, 06 Nox 1994 08:49:37 GMT', undefined],
    ['Sun, 06 anF 1994 08:49:37 GMT', undefined],
    ['Wed, 31 Feb 2026 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 24:00:00 GMT', undefined],
    ['Sun, 06 Nov 1994 08:60:00 GMT', undefined],
    ['1994-11-06T08:49:37Z', undefined],
    ['0', undefined],
    ['', undefined],
  ])('%j is read as %s', (field, moment) => {
    expect(parseHttpDate(field, NOW)).toBe(moment);
  });

  it('is read as Node writes it', () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        expect(parseHttpDate(new Date(second * 1000).toUTCString(), NOW)).toBe(second * 1000);
      }),
    );
  });

  it('is read from any text without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseHttpDate(text, NOW)).toBe(undefined);
      }),
    );
  });
});
