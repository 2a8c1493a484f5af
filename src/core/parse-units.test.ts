import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from './errors.js';
import { parseCount, parseDuration, parseRate, parseShare, parseSize } from './parse-units.js';

const anyCount = { min: 1, max: 10_000_000 };

describe('a count', () => {
  it.each([
    ['1', 1],
    ['10', 10],
    ['10k', 10_000],
    ['1.1k', 1100],
    ['1m', 1_000_000],
  ])('reads %s', (text, value) => {
    expect(parseCount(text, anyCount)).toBe(value);
  });

  it.each(['0', '-3', '1e9', 'ten', '', '1.5', '20m', '0x10', '1k1', 'Infinity', 'NaN'])(
    'refuses %j and quotes it',
    (text) => {
      expect(() => parseCount(text, anyCount)).toThrow(UsageError);
      expect(() => parseCount(text, anyCount)).toThrow(`got '${text}'`);
    },
  );

  it('reads back every whole number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (value) => {
        expect(parseCount(String(value), anyCount)).toBe(value);
      }),
    );
  });
});

describe('a duration', () => {
  it.each([
    ['200ms', 200],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['250us', 0.25],
    ['0', 0],
  ])('reads %s as milliseconds', (text, value) => {
    expect(parseDuration(text)).toBe(value);
  });

  it.each(['5', '5 parsecs', '-1s', 'ms', '25h'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(/like 200ms, 5s or 2m/);
  });
});

describe('a size, a rate, a share', () => {
  it('tells decimal from binary units', () => {
    expect(parseSize('1MB')).toBe(1_000_000);
    expect(parseSize('1MiB')).toBe(1_048_576);
    expect(parseSize('512')).toBe(512);
  });

  it('reads a rate with or without its "per second"', () => {
    expect(parseRate('2MB/s')).toBe(2_000_000);
    expect(parseRate('500kB')).toBe(500_000);
    expect(() => parseRate('fast')).toThrow("got 'fast'");
  });

  it('reads a share as a number or in percent', () => {
    expect(parseShare('5%')).toBe(0.05);
    expect(parseShare('0.5')).toBe(0.5);
    expect(() => parseShare('101%')).toThrow(UsageError);
  });

  it('never answers anything but a number or a usage error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parse of [parseSize, parseRate, parseShare, parseDuration]) {
          try {
            expect(Number.isFinite(parse(text))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        }
      }),
    );
  });
});
