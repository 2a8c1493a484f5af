/** A key: its character in lower case, or a name of more than one character. */
export type Key = string;

const ESCAPE = '\u001b';
// A control sequence (ECMA-48 section 5.4), a function key of a terminal in application mode, or a character.
const PIECES = new RegExp(`${ESCAPE}\\[[0-?]*[ -/]*[@-~]|${ESCAPE}O[@-~]|[^]`, 'gu');
const UNFINISHED = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*|O)?$`, 'u');

// Bracketed paste (xterm control sequences): what stands between these was pasted, and nobody pressed its keys.
const PASTE_BEGIN = `${ESCAPE}[200~`;
const PASTE_END = `${ESCAPE}[201~`;

const NAMES: ReadonlyMap<string, Key> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u0003', 'interrupt'],
  ['\u001a', 'suspend'],
  ['\f', 'redraw'],
  [ESCAPE, 'escape'],
  ...directions('up', 'A'),
  ...directions('down', 'B'),
  [`${ESCAPE}[5~`, 'page up'],
  [`${ESCAPE}[6~`, 'page down'],
]);

/**
 * Makes keys of what a terminal sends. A sequence may come in several pieces, and the escape key is the begin of one: what is
 * still open after a while is given up with `flush`.
 */
export class KeyDecoder {
  #open = '';
  #isPasted = false;

  /** Whether the end of a sequence may be still to come. */
  get isOpen(): boolean {
    return this.#open !== '';
  }

  /** The keys that are complete with this text. What is pasted, and what is no key that has a name or a character, is left out. */
  take(text: string): Key[] {
    const whole = this.#open + text;
    this.#open = UNFINISHED.exec(whole)?.[0] ?? '';
    const complete = whole.slice(0, whole.length - this.#open.length);
    return Array.from(complete.matchAll(PIECES), ([piece]) => this.#keyOf(piece)).filter(
      (key) => key !== undefined,
    );
  }

  /** Nothing more comes of what is open: it was the escape key. */
  flush(): Key[] {
    const isEscape = this.isOpen;
    this.#open = '';
    return isEscape ? ['escape'] : [];
  }

  #keyOf(piece: string): Key | undefined {
    if (piece === PASTE_BEGIN) this.#isPasted = true;
    if (piece === PASTE_END) this.#isPasted = false;
    const key = keyOf(piece);
    // Whatever a terminal leaves out, there is a way to the end.
    return this.#isPasted && key !== 'interrupt' ? undefined : key;
  }
}

function keyOf(piece: string): Key | undefined {
  const name = NAMES.get(piece);
  if (name !== undefined) return name;
  return /^\p{Cc}/u.test(piece) ? undefined : piece.toLowerCase();
}

// In usual and in application mode.
function directions(name: Key, final: string): [string, Key][] {
  return [
    [`${ESCAPE}[${final}`, name],
    [`${ESCAPE}O${final}`, name],
  ];
}
