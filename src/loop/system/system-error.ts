import { getSystemErrorMap } from 'node:util';
import { LwasyncError } from '../../core/errors.js';

/**
 * The operating system refused something. `code` is the name of its error (`ECONNREFUSED`), `errno` the number,
 * `syscall` what was asked of it.
 */
export class SystemError extends LwasyncError {
  readonly code: string;
  readonly errno: number;
  readonly syscall: string;

  constructor(syscall: string, errno: number, about?: string) {
    const [code, words] = getSystemErrorMap().get(-errno) ?? [`errno ${errno}`, 'unknown error'];
    super(`${syscall}${about === undefined ? '' : ` ${about}`}: ${words} (${code})`);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
  }
}

/**
 * The result of a system call that answers with the negative of an error's number.
 *
 * @throws {SystemError} when it failed.
 */
export function succeeded(result: number, syscall: string, about?: string): number {
  if (result >= 0) return result;
  throw new SystemError(syscall, -result, about);
}
