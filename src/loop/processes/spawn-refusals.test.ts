import { describe, expect, it } from 'vitest';
import { expectCleanRun } from '../../../test/support/process-loop.js';
import { spawn } from '../index.js';

const QUIET = { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' } as const;

describe('what cannot be spawned', () => {
  it.each([
    ['no-such-program', {}, 'spawn no-such-program: no such file or directory (ENOENT)'],
    ['/etc/passwd', {}, 'spawn /etc/passwd: permission denied (EACCES)'],
    ['/tmp', {}, 'spawn /tmp: permission denied (EACCES)'],
    ['true', { cwd: '/no/such' }, 'chdir /no/such: no such file or directory (ENOENT)'],
    ['true', { cwd: '/etc/passwd' }, 'chdir /etc/passwd: not a directory (ENOTDIR)'],
    ['', {}, 'expected the name or the path of a program, got an empty string'],
    [
      'a\0b',
      {},
      'the command line has a NUL character, which cannot be handed to a process: "a\\u0000b"',
    ],
    [
      'true',
      { cwd: '\0' },
      'cwd has a NUL character, which cannot be handed to a process: "\\u0000"',
    ],
    [
      'true',
      { env: { A: '\0' } },
      'the environment variable "A" has a NUL character, which cannot be handed to a process: "A=\\u0000"',
    ],
    ['true', { env: { 'A=B': '1' } }, 'expected the name of an environment variable, got "A=B"'],
    [
      'true',
      { stdin: 'null' as 'pipe' },
      `expected 'pipe', 'inherit' or 'ignore' for stdin, got "null"`,
    ],
  ])('%j with %j is refused in one sentence', (command, options, sentence) => {
    expectCleanRun(function* () {
      yield* [];
      const refused = expect.objectContaining({ message: sentence });
      expect(() => spawn(command, [], options)).toThrow(refused);
    });
  });

  it('leaves its reason in the code of the error', () => {
    expectCleanRun(function* () {
      yield* [];
      const refused = expect.objectContaining({ code: 'E2BIG', syscall: 'spawn' });
      expect(() => spawn('true', ['x'.repeat(10_000_000)])).toThrow(refused);
    });
  });

  it('has no stream where there is no pipe', () => {
    expectCleanRun(function* () {
      const child = spawn('true', [], QUIET);
      yield* child.wait();
      expect(() => child.stdout).toThrow(
        `there is no pipe to stdout of the process; spawn it with stdout: 'pipe'`,
      );
    });
  });
});
