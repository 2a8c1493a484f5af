import { expect, test } from 'vitest';
import { UsageError } from '../core/errors.js';
import { resolveOptions, type PracticeServerOptions } from './practice-server-options.js';

test('what is left out or undefined takes its default', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 8080,
    latencyMs: 200,
    jitterMs: 0,
    workMs: 2000,
    slots: Infinity,
    bandwidth: Infinity,
    failRate: 0,
    stallMs: 0,
    stallEveryMs: 10_000,
    seed: 1,
    files: 20,
    fileSize: 1_000_000,
    threads: 4,
  };
  expect(resolveOptions({})).toEqual(defaults);
  expect(resolveOptions({ slots: undefined, host: undefined })).toEqual(defaults);
});

test('what is given is kept', () => {
  const options = { port: 0, latencyMs: 0.5, slots: 3, bandwidth: 1000, failRate: 1, seed: 0 };
  expect(resolveOptions(options)).toMatchObject(options);
});

test.each<[PracticeServerOptions, string]>([
  [{ port: 70_000 }, 'expected port to be a whole number from 0 to 65535, got 70000'],
  [{ port: 80.5 }, 'expected port to be a whole number from 0 to 65535, got 80.5'],
  [{ latencyMs: -1 }, 'expected latencyMs to be a number from 0 to 86400000, got -1'],
  [{ jitterMs: Number.NaN }, 'expected jitterMs to be a number from 0 to 86400000, got NaN'],
  [{ workMs: Infinity }, 'expected workMs to be a number from 0 to 86400000, got Infinity'],
  [{ failRate: 1.01 }, 'expected failRate to be a number from 0 to 1, got 1.01'],
  [{ stallMs: -1 }, 'expected stallMs to be a number from 0 to 9000, got -1'],
  [{ stallMs: 100, stallEveryMs: 100 }, 'expected stallMs to be a number from 0 to 90, got 100'],
  [{ stallEveryMs: 0 }, 'expected stallEveryMs to be a number from 1 to 86400000, got 0'],
  [{ slots: 0 }, 'expected slots to be a whole number from 1 to 9007199254740991, got 0'],
  [{ threads: 0 }, 'expected threads to be a whole number from 1 to 256, got 0'],
  [{ files: 0 }, 'expected files to be a whole number from 1 to 1000000, got 0'],
])('%o is refused with a sentence', (options, sentence) => {
  expect(() => resolveOptions(options)).toThrow(new UsageError(sentence));
});

test.each(['', ' ', 'http://127.0.0.1', '127.0.0.1 ', 'x'.repeat(254)])(
  'the host "%s" is refused, so that it never means every network by accident',
  (host) => {
    expect(() => resolveOptions({ host })).toThrow(/^expected host to be an address/);
  },
);
