import { createHash, X509Certificate } from 'node:crypto';
import { messageOf, UsageError } from '../core/errors.js';

/** Whom an https connection trusts instead of the authorities that Node trusts, as plain data. */
export interface TlsTrust {
  /** The certificates of the authorities, as PEM text. */
  readonly ca: string | undefined;
  /** Whether any certificate is accepted. */
  readonly insecure: boolean;
  /** The same for the same trust, and short. */
  readonly key: string;
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Checks whom to trust; `undefined` when that is left to Node.
 *
 * @throws {UsageError} when `ca` holds no certificate, or one that cannot be read.
 */
export function toTlsTrust(ca: string | undefined, insecure: boolean): TlsTrust | undefined {
  if (ca !== undefined) checkCertificates(ca);
  if (ca === undefined && !insecure) return undefined;
  const hash = createHash('sha256')
    .update(ca ?? '')
    .digest('base64');
  return { ca, insecure, key: insecure ? `insecure ${hash}` : hash };
}

// A secure context takes text without a certificate in silence, and then trusts nobody.
function checkCertificates(ca: string): void {
  const certificates = ca.match(CERTIFICATES) ?? [];
  if (certificates.length === 0) {
    throw new UsageError(
      'expected a certificate authority as PEM text, which begins with -----BEGIN CERTIFICATE-----',
    );
  }
  for (const certificate of certificates) {
    try {
      // eslint-like rules want the object used: reading the subject parses the certificate.
      void new X509Certificate(certificate).subject;
    } catch (error) {
      throw new UsageError(
        `expected a certificate authority as PEM text, and its certificate cannot be read (${messageOf(error)})`,
        { cause: error },
      );
    }
  }
}
