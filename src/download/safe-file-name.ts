import { UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import type { Bytes } from '../core/units.js';

/** The longest that a name becomes beside its file: `name.part.json.tmp`. */
const LONGEST_SUFFIX = '.part.json.tmp';

/** Most bytes of a name in UTF-8; with the longest suffix they are 240, and common file systems take 255. */
const LONGEST_NAME_BYTES: Bytes = 240 - LONGEST_SUFFIX.length;

// What separates folders here or on Windows, what Windows refuses, controls, halves of characters, and what turns the
// direction of text, so that exe.pdf can be shown where fdp.exe is.
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/i;

/**
 * One safe file name made of any text: no folder, no hidden file, nothing that a terminal or Windows takes for something
 * else, at most `LONGEST_NAME_BYTES`. `index.html` for an empty text, as wget does.
 */
export function safeFileName(text: string): string {
  if (text === '') return 'index.html';
  const name = text
    .replace(UNSAFE, '_')
    .replace(/^\.+/, (dots) => '_'.repeat(dots.length))
    .replace(/[. ]+$/, (ends) => '_'.repeat(ends.length));
  return shortened(RESERVED.test(name) ? `_${name}` : name);
}

/**
 * A name that somebody chose, as it is; it may begin with a dot.
 *
 * @throws {UsageError} when it is not one safe file name.
 */
export function checkedFileName(name: string): string {
  const visible = name.replace(/^\.+(?=[^.])/, '');
  const isShort = Buffer.byteLength(name) <= LONGEST_NAME_BYTES;
  if (name !== '' && isShort && safeFileName(visible) === visible) return name;
  throw new UsageError(
    `expected one file name without folders, of at most ${LONGEST_NAME_BYTES} bytes and usable on every system, ` +
      `got ${quoted(name.replace(UNSAFE, (unsafe) => (/[/\\:*?"<>|]/.test(unsafe) ? unsafe : '?')))}; ` +
      `try ${quoted(safeFileName(name))}`,
  );
}

// Out of the middle, so that the ending stays.
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME_BYTES) return name;
  const characters = Array.from(name);
  const half = Math.floor((LONGEST_NAME_BYTES - 1) / 2);
  const head = atMost(characters, half);
  const tail = atMost(characters.toReversed(), half);
  return `${head.join('')}_${tail.toReversed().join('')}`;
}

function atMost(characters: readonly string[], bytes: Bytes): readonly string[] {
  let sum = 0;
  const end = characters.findIndex((character) => {
    sum += Buffer.byteLength(character);
    return sum > bytes;
  });
  return characters.slice(0, end);
}
