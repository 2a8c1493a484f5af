import { DownloadError } from '../core/download-error.js';
import { isDiskFull } from './disk.js';

/**
 * What was thrown while a file was written, as an error of the file. What neither a disk nor a server caused is a fault of
 * ours and thrown on.
 */
export function toDownloadError(thrown: unknown): DownloadError {
  if (thrown instanceof DownloadError) return thrown;
  if (!(thrown instanceof Error) || typeof Reflect.get(thrown, 'syscall') !== 'string')
    throw thrown;
  if (isDiskFull(thrown)) {
    return new DownloadError('DISK_FULL', `nothing more can be written (${thrown.message})`, {
      cause: thrown,
    });
  }
  const message =
    Reflect.get(thrown, 'code') === 'ELOOP'
      ? 'a symbolic link lies in its way, which is not followed; remove it'
      : `it cannot be written (${thrown.message})`;
  return new DownloadError('DISK', message, { cause: thrown });
}
