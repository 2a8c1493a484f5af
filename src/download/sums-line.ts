import type { Checksum } from '../core/download.js';
import { algorithmOf, checksumOf, checksumOfHex } from './checksum.js';

/** A line of a `SHA256SUMS` file or its like. */
export interface SumsLine {
  /** The file as it is named there, without a leading `./`; it may lie in folders. */
  readonly name: string;
  readonly checksum: Checksum;
}

/**
 * Reads a line as `sha256sum` writes it, `hex  name` or `hex *name`, or with its tag, as BSD does: `SHA256 (name) = hex`.
 * A backslash before the line says that newlines and backslashes of the name are escaped (GNU coreutils, "cksum output
 * modes"). `undefined` when it is none.
 */
export function parseSumsLine(line: string): SumsLine | undefined {
  const isEscaped = line.startsWith('\\');
  const found = plainLine(isEscaped ? line.slice(1) : line);
  if (found === undefined) return undefined;
  const name = (isEscaped ? unescaped(found.name) : found.name).replace(/^(?:\.\/+)+/, '');
  return name === '' ? undefined : { name, checksum: found.checksum };
}

function plainLine(line: string): SumsLine | undefined {
  const tagged = /^([A-Z\d-]+) ?\((.+)\) ?= ?([\da-f]+)$/is.exec(line);
  if (tagged !== null) {
    const [, word = '', name = '', hex = ''] = tagged;
    const algorithm = algorithmOf(word);
    const checksum = algorithm === undefined ? undefined : checksumOf(algorithm, hex);
    return checksum === undefined ? undefined : { name, checksum };
  }
  const [, hex = '', name = ''] = /^([\da-f]+) (?:[ *](?=.)|(?![ *]))(.+)$/is.exec(line) ?? [];
  const checksum = checksumOfHex(hex);
  return checksum === undefined ? undefined : { name, checksum };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', '\\': '\\' };

function unescaped(name: string): string {
  return name.replace(/\\([nr\\])/g, (whole, letter: string) => ESCAPED[letter] ?? whole);
}
