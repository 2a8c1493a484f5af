import type { DownloadedFile, DownloadRun } from '../core/download.js';

// Control characters (a terminal would obey them), halves of characters, line ends, and those that turn the direction of writing.
const NOT_SHOWN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A text from outside as it can be shown anywhere: in one line, and without what steers a terminal. */
export function printable(text: string): string {
  return text.replaceAll(NOT_SHOWN, '\ufffd');
}

/** The batch with every text that others had a hand in as it can be shown. */
export function printableRun(run: DownloadRun): DownloadRun {
  const { folder, files, diskFull } = run;
  return {
    ...run,
    folder: printable(folder),
    diskFull: diskFull === undefined ? undefined : printable(diskFull),
    files: files.map((file) => printableFile(file)),
  };
}

function printableFile(file: DownloadedFile): DownloadedFile {
  const { url, name, restarts, failure } = file;
  return {
    ...file,
    url: printable(url),
    name: printable(name),
    restarts: restarts.map((reason) => printable(reason)),
    failure: failure && { ...failure, message: printable(failure.message) },
  };
}

/** The begin and the end of a text, at most `most` characters of it: `ubuntu-24.04…amd64.iso`. */
export function shortenMiddle(text: string, most: number): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const begin = characters.slice(0, most - 1 - end);
  return [...begin, '…', ...characters.slice(characters.length - end)].join('');
}
