import { expect, test } from 'vitest';
import { ifMatch, ifNoneMatch, ifRange } from './entity-tag.js';

const TAG = '"abc"';

test('conditions that are not there hold', () => {
  expect([ifMatch(undefined, TAG), ifNoneMatch(undefined, TAG), ifRange(undefined, TAG)]).toEqual([
    true,
    true,
    true,
  ]);
});

test.each([
  ['"abc"', true],
  ['*', true],
  ['"x", "abc"', true],
  ['"x,y","abc"', true],
  ['"x"', false],
  ['W/"abc"', false],
  ['abc', false],
])('If-Match: %s holds: %s', (field, holds) => {
  expect(ifMatch(field, TAG)).toBe(holds);
});

test.each([
  ['"abc"', false],
  ['*', false],
  ['W/"abc"', false],
  ['"x", W/"abc"', false],
  ['"x"', true],
  ['"W/abc"', true],
  ['abc', true],
])('If-None-Match: %s holds: %s', (field, holds) => {
  expect(ifNoneMatch(field, TAG)).toBe(holds);
});

test.each([
  ['"abc"', true],
  ['W/"abc"', false],
  ['"x"', false],
  ['*', false],
  ['Sat, 29 Oct 1994 19:43:31 GMT', false],
  ['"abc", "x"', false],
])('If-Range: %s holds: %s', (field, holds) => {
  expect(ifRange(field, TAG)).toBe(holds);
});
