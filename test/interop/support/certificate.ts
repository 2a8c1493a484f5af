import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolPath } from './tools.js';

/** A certificate that signs itself, and its key, as PEM files in a folder of their own. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  remove(): Promise<void>;
}

/** Makes a certificate for `name`, an address or a host name as openssl writes it: `IP:127.0.0.1`, `DNS:localhost`. */
export async function makeCertificate(name: string): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'lwasync-certificate-'));
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  const kind = ['-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2', '-subj', '/CN=lwasync'];
  const words = ['req', ...kind, '-addext', `subjectAltName=${name}`];
  await promisify(execFile)(toolPath('openssl'), [...words, '-keyout', key, '-out', certificate]);
  return { certificate, key, remove: () => rm(folder, { recursive: true }) };
}
