import { parseAddress } from '../clients/call-address.js';
import type { Checksum } from '../core/download.js';
import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { checksumOfHex, parseChecksum } from './checksum.js';
import type { DownloadItem } from './download-options.js';
import { checkedFileName } from './safe-file-name.js';

/**
 * Reads a line of a list that begins with an address: `address [name] [sha256=hex]`, the last two in any order.
 *
 * @throws {UsageError} when it is written otherwise.
 */
export function parseAddressLine(line: string): DownloadItem {
  const [address = '', ...words] = wordsOf(line);
  parseAddress(address);
  let name: string | undefined;
  let checksum: Checksum | undefined;
  for (const word of words) {
    if (isChecksum(word)) {
      if (checksum !== undefined) throw surplus('a second checksum', word);
      checksum = parseChecksum(word);
    } else {
      if (name !== undefined) throw surplus('a second name', word);
      name = checkedFileName(word.replaceAll('"', ''));
    }
  }
  return { url: address, name, checksum };
}

// Words between white space; one that begins with a double quote goes on to the next, which it keeps.
function wordsOf(line: string): string[] {
  const words: string[] = [];
  const word = /\s*("[^"]*"|[^\s"]\S*)(?=\s|$)/y;
  for (let end = line.trimEnd().length; word.lastIndex < end;) {
    const from = word.lastIndex;
    const match = word.exec(line)?.[1];
    if (match === undefined) {
      throw new UsageError(
        `expected a name in two double quotes, like "a b.iso", got ${shownPiece(line.slice(from).trim())}`,
      );
    }
    words.push(match);
  }
  return words;
}

// A name that looks like a checksum is told by its quotes.
function isChecksum(word: string): boolean {
  return /^[a-z][a-z\d-]*[=:]/i.test(word) || checksumOfHex(word) !== undefined;
}

function surplus(what: string, word: string): UsageError {
  return new UsageError(
    `expected an address, then at most one name and one checksum, got ${what}: ${shownPiece(word)}; ` +
      'a name with spaces stands in double quotes',
  );
}

/** A piece of a list, fit for a sentence: without what may be a password, or a command to the terminal. */
export function shownPiece(text: string): string {
  return quoted(text.replace(/[^\s/]*@/g, '...@').replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, '?'));
}
