import { describe, expect, it } from 'vitest';
import type { DownloadOptions } from './download-options.js';
import { toDownloadSettings } from './download-settings.js';

describe('the settings of a batch', () => {
  it.each<[string, DownloadOptions, string]>([
    ['no lane', { concurrency: 0 }, 'concurrency: expected a whole number of at least 1, got 0'],
    ['half a retry', { retries: 0.5 }, 'retries: expected a whole number of at least 0, got 0.5'],
    ['no time', { stallMs: 0 }, 'stallMs: expected a number above 0'],
    ['no rate', { bytesPerSecond: Number.NaN }, 'bytesPerSecond: expected a number above 0'],
    ['a range', { headers: { Range: 'bytes=1-2' } }, 'the header Range says which bytes come'],
    ['a coding', { headers: { 'Accept-Encoding': 'br' } }, 'the header Accept-Encoding says'],
    ['two headers in one', { headers: { a: 'b\r\nc: d' } }, 'no line break'],
  ])('refuse %s', (_what, options, sentence) => {
    expect(() => toDownloadSettings(options)).toThrow(sentence);
  });

  it('ask for any kind of file, unless told', () => {
    expect(toDownloadSettings({}).headers).toMatchObject({ accept: '*/*' });
    expect(toDownloadSettings({ headers: { Accept: 'a/b' } }).headers).toMatchObject({
      accept: 'a/b',
    });
  });
});
