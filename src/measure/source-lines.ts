import { readFileSync } from 'node:fs';

/** The lines of source files, each file read once. */
export class SourceLines {
  readonly #files = new Map<string, readonly string[]>();

  /** None where the file cannot be read. */
  of(file: string): readonly string[] {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const lines = readLines(file);
    this.#files.set(file, lines);
    return lines;
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
