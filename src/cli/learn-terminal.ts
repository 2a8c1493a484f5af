import type { ReadStream, WriteStream } from 'node:tty';
import type { Milliseconds } from '../core/units.js';
import { KeyDecoder, type Key } from './learn-keys.js';

// ECMA-48 and DEC private modes. A synchronized update is shown as a whole, or is ignored by a terminal that knows none.
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const TAKE_SCREEN = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h';
const GIVE_BACK = '\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_BELOW = '\u001b[J';
const CLEAR_LINE_REST = '\u001b[K';

// The pieces of a sequence come in one go, or next to it over a slow line.
const ESCAPE_WITHIN_MS: Milliseconds = 50;
const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SIZE_ELSEWHERE = { columns: 80, rows: 24 };

/** Who is told of what happens at the terminal. */
export interface TerminalUser {
  press(key: Key): void;
  /** The size is another one, or all that was shown is gone. */
  redraw(): void;
  /** The terminal is gone, or somebody asks for an end. */
  hangUp(): void;
}

/**
 * The whole screen of a terminal, with a second one that is shown meanwhile, so that what was there before comes back in the end
 * whatever the size is by then. Keys come one by one.
 */
export class LearnTerminal {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #user: TerminalUser;
  readonly #decoder = new KeyDecoder();
  #patience: NodeJS.Timeout | undefined;
  #isTaken = false;
  #shown = '';
  readonly #onText = (text: string): void => this.#take(text);
  readonly #onContinue = (): void => this.#takeScreen();
  readonly #onResize = (): void => this.#user.redraw();
  readonly #onHangUp = (): void => this.#user.hangUp();
  readonly #onExit = (): void => this.#giveBack();

  constructor(input: ReadStream, output: WriteStream, user: TerminalUser) {
    this.#input = input;
    this.#output = output;
    this.#user = user;
  }

  /** Takes the screen and listens. */
  open(): void {
    const [input, output] = [this.#input, this.#output];
    input.setEncoding('utf8').on('data', this.#onText).on('end', this.#onHangUp);
    input.on('error', this.#onHangUp);
    output.on('resize', this.#onResize);
    process.on('SIGCONT', this.#onContinue).on('exit', this.#onExit);
    for (const signal of ENDS) process.on(signal, this.#onHangUp);
    this.#takeScreen();
  }

  get size(): { readonly columns: number; readonly rows: number } {
    // A terminal that does not know its size says 0.
    const { columns, rows } = this.#output;
    return columns > 0 && rows > 0 ? { columns, rows } : SIZE_ELSEWHERE;
  }

  /** Shows these lines, of which there are at most as many as rows, as long as the screen is ours. */
  draw(lines: readonly string[]): void {
    const drawn = lines.map((line) => line + CLEAR_LINE_REST).join('\n');
    if (!this.#isTaken || drawn === this.#shown) return;
    this.#shown = drawn;
    this.#output.write(BEGIN + HOME + drawn + CLEAR_BELOW + END);
  }

  /** Shows all of it again: something else may have written over it. */
  redraw(): void {
    this.#shown = '';
    this.#user.redraw();
  }

  /** Stops as any program does that Ctrl-Z is typed to, and is back when it goes on. */
  suspend(): void {
    this.#giveBack();
    // Whoever waits for this process, as npm does, stops with it.
    process.kill(0, 'SIGTSTP');
    // No shell, no stop: then this is reached at once.
    this.#takeScreen();
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#input.off('data', this.#onText).off('end', this.#onHangUp).off('error', this.#onHangUp);
    this.#input.pause();
    this.#output.off('resize', this.#onResize);
    process.off('SIGCONT', this.#onContinue).off('exit', this.#onExit);
    for (const signal of ENDS) process.off(signal, this.#onHangUp);
    this.#giveBack();
  }

  #takeScreen(): void {
    // A shell may have changed the mode without our knowing.
    this.#input.setRawMode(false).setRawMode(true);
    this.#isTaken = true;
    this.#shown = '';
    this.#output.write(TAKE_SCREEN);
    this.#user.redraw();
  }

  #giveBack(): void {
    if (!this.#isTaken) return;
    this.#isTaken = false;
    this.#output.write(GIVE_BACK);
    this.#input.setRawMode(false);
  }

  #take(text: string): void {
    clearTimeout(this.#patience);
    const keys = this.#decoder.take(text);
    if (this.#decoder.isOpen) {
      this.#patience = setTimeout(() => this.#press(this.#decoder.flush()), ESCAPE_WITHIN_MS);
    }
    this.#press(keys);
  }

  #press(keys: readonly Key[]): void {
    for (const key of keys) this.#user.press(key);
  }
}
