import type { WriteStream } from 'node:tty';

// ECMA-48 and DEC private modes. A synchronized update is shown as a whole, or is ignored by a terminal that knows none; a
// line that is wider than was thought must not wrap, or the way back to the first would be too short.
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_BELOW = '\u001b[J';
const CLEAR_LINE_REST = '\u001b[K';

// These end or stop a process without a word to it unless it listens.
const SILENT_ENDS = ['SIGQUIT', 'SIGHUP', 'SIGTSTP'] as const;

/**
 * Lines at the bottom of a terminal that are drawn anew in place. Between two frames the cursor stands, hidden, at the begin
 * of the first of them, so whatever a resize made of them, all below it is ours to clear.
 */
export class LiveLines {
  readonly #stream: Pick<WriteStream, 'write'>;
  #isShown = false;
  readonly #onExit = (): void => this.clear();
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.clear();
    process.kill(process.pid, signal);
  };

  constructor(stream: Pick<WriteStream, 'write'>) {
    this.#stream = stream;
  }

  /** Shows these lines, and above them, to stay, what is said once. */
  draw(lines: readonly string[], above: readonly string[] = []): void {
    if (!this.#isShown) this.#take();
    const said = above.length === 0 ? '' : CLEAR_BELOW + above.map((line) => `${line}\n`).join('');
    const drawn = lines.map((line) => line + CLEAR_LINE_REST).join('\n');
    const back = lines.length > 1 ? `\u001b[${lines.length - 1}A` : '';
    this.#stream.write(BEGIN + said + NO_WRAP + drawn + CLEAR_BELOW + back + '\r' + WRAP + END);
  }

  /** Takes the lines away and gives the cursor back; the next `draw` shows them again. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    process.off('exit', this.#onExit);
    for (const signal of SILENT_ENDS) process.off(signal, this.#onSignal);
    this.#stream.write(`\r${CLEAR_BELOW}${SHOW_CURSOR}`);
  }

  #take(): void {
    this.#isShown = true;
    process.once('exit', this.#onExit);
    for (const signal of SILENT_ENDS) process.once(signal, this.#onSignal);
    this.#stream.write(HIDE_CURSOR);
  }
}
