import { UsageError } from '../core/errors.js';

const NOT_AN_ADDRESS_HERE = new Set([
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EAI_AGAIN',
  'EINVAL',
  'ENOTFOUND',
]);

/**
 * What went wrong when listening on `host` and `port`, as a sentence that says what to type instead: a `UsageError`
 * where another host or port helps, otherwise the error itself.
 */
export function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    const other = port < 65_535 ? port + 1 : port - 1;
    return new UsageError(
      `port ${port} on ${host} is already in use; ` +
        `choose another with --port ${other}, or --port 0 for any free one`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new UsageError(
      `port ${port} on ${host} may not be used without administrator rights; ` +
        `choose one above 1023 with --port 8080, or --port 0 for any free one`,
      { cause: error },
    );
  }
  if (NOT_AN_ADDRESS_HERE.has(code)) {
    return new UsageError(
      `'${host}' is not an address of this machine; ` +
        `choose one with --host 127.0.0.1 (this machine only) or --host 0.0.0.0 (every network)`,
      { cause: error },
    );
  }
  return error;
}
