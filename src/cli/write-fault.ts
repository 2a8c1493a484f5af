import { EXIT, type ExitCode } from './exit-codes.js';

const DISK_FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The exit code for a write that failed: the disk is full, or what was to be written to cannot be. */
export function writeFaultCode(error: unknown): ExitCode {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return DISK_FULL.has(code) ? EXIT.diskFull : EXIT.usage;
}
