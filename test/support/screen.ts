// A control sequence (ECMA-48 section 5.4), or a character.
const PIECES = /\p{Cc}\[[?\d;]*[A-Za-z]|[^]/gu;

/**
 * A terminal as far as moving lines and whole screens need one: text, line ends, cursor up and home, clearing, wrapping, the second
 * screen, and whether the cursor is shown.
 */
export class Screen {
  readonly #columns: number;
  readonly #rows: number;
  #lines: string[][] = [[]];
  // What is below the second screen while that is shown.
  #first: string[][] | undefined;
  #row = 0;
  #column = 0;
  #wraps = true;
  isCursorShown = true;

  /** Whether the second screen is shown, which leaves the first as it was. */
  get isSecond(): boolean {
    return this.#first !== undefined;
  }

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
    else if (sequence === '?1049h' || sequence === '?1049l') this.#switch(sequence.endsWith('h'));
    else if (sequence === 'H') [this.#row, this.#column] = [this.#top(), 0];
    else if (sequence === 'K') this.#line().length = this.#column;
    else if (sequence === 'J') {
      this.#line().length = Math.min(this.#column, this.#line().length);
      this.#lines.length = this.#row + 1;
    } else if (sequence.endsWith('A')) {
      // The cursor never leaves the screen.
      this.#row = Math.max(this.#top(), this.#row - count);
    }
  }

  #top(): number {
    return Math.max(0, this.#lines.length - this.#rows);
  }

  #switch(toSecond: boolean): void {
    if (toSecond === (this.#first !== undefined)) return;
    if (toSecond) [this.#first, this.#lines] = [this.#lines, [[]]];
    else [this.#first, this.#lines] = [undefined, this.#first ?? [[]]];
    this.#row = this.#lines.length - 1;
    this.#column = this.#line().length;
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
