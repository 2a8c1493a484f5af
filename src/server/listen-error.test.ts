import { expect, test } from 'vitest';
import { UsageError } from '../core/errors.js';
import { listenError } from './listen-error.js';

function systemError(code: string): Error {
  return Object.assign(new Error(`listen ${code}`), { code });
}

test.each([
  [
    'EADDRINUSE',
    8080,
    'port 8080 on 127.0.0.1 is already in use; choose another with --port 8081, or --port 0 for any free one',
  ],
  [
    'EADDRINUSE',
    65_535,
    'port 65535 on 127.0.0.1 is already in use; choose another with --port 65534, or --port 0 for any free one',
  ],
  [
    'EACCES',
    80,
    'port 80 on 127.0.0.1 may not be used without administrator rights; choose one above 1023 with --port 8080, or --port 0 for any free one',
  ],
  [
    'EADDRNOTAVAIL',
    8080,
    "'127.0.0.1' is not an address of this machine; choose one with --host 127.0.0.1 (this machine only) or --host 0.0.0.0 (every network)",
  ],
])('%s on port %i says what to type instead', (code, port, sentence) => {
  const cause = systemError(code);
  const error = listenError(cause, '127.0.0.1', port);
  expect(error).toEqual(new UsageError(sentence));
  expect(error).toMatchObject({ cause });
});

test('an error that another host or port does not help with stays as it is', () => {
  const error = systemError('EMFILE');
  expect(listenError(error, '127.0.0.1', 1)).toBe(error);
});
