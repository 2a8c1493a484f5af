import { firstLine } from '../core/errors.js';

// The names are those of OpenSSL's verification results (X509_verify_cert_error), as Node gives them in `code`.
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const BAD_CERTIFICATE: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);
// What a plain answer looks like to OpenSSL, by its version.
const NO_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** Whether an error with this `code` is about a certificate or the set-up of a secure connection. */
export function isTlsCode(code: string): boolean {
  if (UNKNOWN_AUTHORITY.has(code) || BAD_CERTIFICATE.has(code)) return true;
  return code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.startsWith('CERT_');
}

/** What is wrong with a secure connection, and what helps, for a sentence. */
export function tlsReason(error: unknown, code: string): string {
  return `${shortReason(error)}${advice(code)}`;
}

// OpenSSL's messages go on over several lines, with places in its source; `reason` is the part for people. Node 24 adds advice
// of its own behind a semicolon, a flag of Node, where ours stands.
function shortReason(error: unknown): string {
  const reason: unknown = error instanceof Error && 'reason' in error ? error.reason : undefined;
  const text = typeof reason === 'string' && reason !== '' ? reason : firstLine(error);
  return `(${text.split('; ', 1)[0] ?? text})`;
}

function advice(code: string): string {
  if (UNKNOWN_AUTHORITY.has(code)) {
    return '; --ca FILE trusts the authority that signed it, --insecure accepts any certificate';
  }
  if (BAD_CERTIFICATE.has(code)) return '; --insecure accepts any certificate';
  return NO_TLS.has(code) ? '; does the server speak https on this port?' : '';
}
