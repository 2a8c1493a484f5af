import { counted } from '../core/format-units.js';

const MOST_HOSTS = 3;

/** Files to download and where from: `download 20 files from 127.0.0.1:8080`. A host has no credentials. */
export function describeDownload(files: readonly { readonly url: string }[]): string {
  const hosts = hostsOf(files);
  const from = hosts.length > MOST_HOSTS ? `${hosts.length} hosts` : hosts.join(', ');
  return `download ${counted(files.length, 'file')} from ${from}`;
}

/** The hosts that files come from, each once. */
export function hostsOf(files: readonly { readonly url: string }[]): string[] {
  return [...new Set(files.map(({ url }) => new URL(url).host))];
}
