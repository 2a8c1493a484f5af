import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UsageError } from '../core/errors.js';
import { describeExpected, isExpected, parseExpectedStatus } from './expected-status.js';

it.each([
  ['200', [200], [199, 201], '200'],
  ['2xx', [200, 299], [199, 300], '200 to 299'],
  ['2XX', [200, 299], [300], '200 to 299'],
  ['200,404', [200, 404], [201, 403], '200 or 404'],
  ['200-299, 304', [200, 250, 299, 304], [303, 305], '200 to 299 or 304'],
  ['999', [999], [998], '999'],
])('%s expects %j and not %j', (text, yes, no, described) => {
  const expected = parseExpectedStatus(text);
  expect(yes.filter((status) => !isExpected(status, expected))).toEqual([]);
  expect(no.filter((status) => isExpected(status, expected))).toEqual([]);
  expect(describeExpected(expected)).toBe(described);
});

it.each(['', 'ok', '20', '1xx', '100', '199-200', '300-200', '200,', '2xx-3xx', '200 404', '-200'])(
  'refuses %j with what it would take',
  (text) => {
    expect(() => parseExpectedStatus(text)).toThrow(UsageError);
    expect(() => parseExpectedStatus(text)).toThrow(`like 200, 2xx, 200-299 or 200,404), got '`);
  },
);

it('expects what any of its parts expects', () => {
  const status = fc.integer({ min: 200, max: 999 });
  const part = fc.tuple(status, status).map((pair) => pair.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), status, (parts, asked) => {
      const text = parts.map(([from, to]) => `${from}-${to}`).join(',');
      const isInAny = parts.some(([from = 0, to = 0]) => from <= asked && asked <= to);
      expect(isExpected(asked, parseExpectedStatus(text))).toBe(isInAny);
    }),
  );
});
