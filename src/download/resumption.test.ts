import { describe, expect, it } from 'vitest';
import { requestHeaders, type Resumption } from './resumption.js';

const MODIFIED = 'Thu, 15 Jan 2026 11:00:00 GMT';
const TAG = { kind: 'etag', value: '"v1"' } as const;
const DAY = { kind: 'date', value: MODIFIED } as const;
const PART: Resumption = { offset: 10, validator: TAG, sizeBytes: 100, hasChecksum: false };
const SUMMED: Resumption = { ...PART, hasChecksum: true };

describe('the headers of a request', () => {
  it.each<[string, Resumption | undefined, Record<string, string>]>([
    ['nothing is there', undefined, {}],
    ['no byte is there', { ...PART, offset: 0 }, {}],
    ['a version is known', PART, { range: 'bytes=10-', 'if-range': '"v1"' }],
    ['a date is known', { ...PART, validator: DAY }, { range: 'bytes=10-', 'if-range': MODIFIED }],
    ['only a checksum is known', { ...SUMMED, validator: undefined }, { range: 'bytes=10-' }],
    ['nothing could tell versions apart', { ...PART, validator: undefined }, {}],
  ])('ask for what is missing when %s', (_, resumption, headers) => {
    expect(requestHeaders(resumption)).toEqual({ 'accept-encoding': 'identity', ...headers });
  });
});
