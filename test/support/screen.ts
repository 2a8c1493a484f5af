// A control sequence (ECMA-48 section 5.4), or a character.
const PIECES = /\p{Cc}\[[?\d;]*[A-Za-z]|[^]/gu;

/** A terminal as far as moving lines need one: text, line ends, cursor up, clearing, wrapping, and whether the cursor is shown. */
export class Screen {
  readonly #columns: number;
  readonly #rows: number;
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  #wraps = true;
  isCursorShown = true;

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** Everything that was shown, what has scrolled away included. */
  get text(): string {
    return this.#lines.map((line) => line.join('').trimEnd()).join('\n');
  }

  write(text: string): void {
    for (const [piece] of text.matchAll(PIECES)) {
      if (piece.startsWith('\u001b')) this.#obey(piece.slice(2));
      else if (piece === '\n') this.#newLine();
      else if (piece === '\r') this.#column = 0;
      else this.#put(piece);
    }
  }

  #obey(sequence: string): void {
    const count = Number.parseInt(sequence, 10);
    if (sequence === '?25l' || sequence === '?25h') this.isCursorShown = sequence.endsWith('h');
    else if (sequence === '?7l' || sequence === '?7h') this.#wraps = sequence.endsWith('h');
    else if (sequence === 'K') this.#line().length = this.#column;
    else if (sequence === 'J') {
      this.#line().length = Math.min(this.#column, this.#line().length);
      this.#lines.length = this.#row + 1;
    } else if (sequence.endsWith('A')) {
      // The cursor never leaves the screen.
      const top = Math.max(0, this.#lines.length - this.#rows);
      this.#row = Math.max(top, this.#row - count);
    }
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      if (this.#wraps) this.#newLine();
      else this.#column = this.#columns - 1;
    }
    this.#line()[this.#column] = character;
    this.#column += 1;
  }

  // A terminal in its usual mode takes a line end for a return, too.
  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    this.#lines[this.#row] ??= [];
  }

  #line(): string[] {
    return (this.#lines[this.#row] ??= []);
  }
}
