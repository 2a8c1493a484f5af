import { describe, expect, it } from 'vitest';
import { strongValidator } from './validator.js';

const DATE = 'Thu, 15 Jan 2026 12:00:00 GMT';
const MINUTE_BEFORE = 'Thu, 15 Jan 2026 11:59:00 GMT';
const LESS_BEFORE = 'Thu, 15 Jan 2026 11:59:01 GMT';
const BY_DATE = { kind: 'date', value: MINUTE_BEFORE };

describe('what a version is known by', () => {
  it.each([
    ['a strong ETag', '"v1"', MINUTE_BEFORE, DATE, { kind: 'etag', value: '"v1"' }],
    ['an empty ETag', '""', undefined, undefined, { kind: 'etag', value: '""' }],
    ['a date a minute before the answer', undefined, MINUTE_BEFORE, DATE, BY_DATE],
    ['that date where the ETag is none', 'v1', MINUTE_BEFORE, DATE, BY_DATE],
    ['nothing when the ETag is weak', 'W/"v1"', MINUTE_BEFORE, DATE, undefined],
    ['nothing when the date is too near', undefined, LESS_BEFORE, DATE, undefined],
    ['nothing when the date is ahead', undefined, DATE, MINUTE_BEFORE, undefined],
    ['nothing without the date of the answer', undefined, MINUTE_BEFORE, undefined, undefined],
    ['nothing when the date is none', undefined, 'yesterday', DATE, undefined],
    ['nothing when the date of the answer is none', undefined, MINUTE_BEFORE, 'now', undefined],
    ['nothing of two ETags', '"v1", "v2"', undefined, DATE, undefined],
    ['nothing of an ETag that no header can hold', '"v\n1"', undefined, DATE, undefined],
    ['nothing where there is nothing', undefined, undefined, undefined, undefined],
  ])('is %s', (_, etag, lastModified, date, validator) => {
    expect(strongValidator({ etag, lastModified, date })).toEqual(validator);
  });
});
