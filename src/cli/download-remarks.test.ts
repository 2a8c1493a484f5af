import { expect, it } from 'vitest';
import { DownloadRemarks } from './download-remarks.js';

const retry = (name: string) =>
  ({
    kind: 'retrying',
    index: 0,
    name,
    attempt: 2,
    delayMs: 500,
    reason: `${name}: connection refused`,
  }) as const;

it('another try and a new begin are told', () => {
  const remarks = new DownloadRemarks();
  expect(remarks.on(retry('a'))).toBe('a: connection refused; try 2 in 500 ms');
  const restarted = { kind: 'restarted', index: 0, name: 'a', reason: 'it has changed' } as const;
  expect(remarks.on(restarted)).toBe('a: begins again, it has changed');
  const begun = { kind: 'begun', index: 0, name: 'a', url: '', sizeBytes: 1, fromByte: 0 } as const;
  expect(remarks.on(begun)).toBeUndefined();
});

it('no remark can steer a terminal', () => {
  expect(new DownloadRemarks().on(retry('a\u001b[2J\r'))).not.toMatch(/\p{Cc}/u);
});

it('what is said again and again ends with a word about that', () => {
  const remarks = new DownloadRemarks();
  const said = Array.from({ length: 100 }, () => remarks.on(retry('a')));
  expect(said.filter((text) => text !== undefined)).toHaveLength(31);
  expect(said[30]).toBe('further tries are not told here; --json tells them all');
});
