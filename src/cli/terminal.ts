import { COLOUR_STYLE, PLAIN_STYLE, type Style } from '../report/style.js';

const WIDTH_ELSEWHERE = 80;
const WIDEST = 100;

/** What matters of an output stream: whether people look at it, and how wide it is for them. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Environment variables as `process.env` has them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Whether the stream is a terminal on which text can move and take colour. */
export function isInteractive(stream: OutputStream, env: EnvironmentVariables): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/**
 * How to set text off on a stream. `NO_COLOR` (no-color.org: present and not empty) turns colour off, `FORCE_COLOR`
 * (anything but `0` and `false`) on; otherwise terminals get it.
 */
export function styleFor(stream: OutputStream, env: EnvironmentVariables): Style {
  const { NO_COLOR: no = '', FORCE_COLOR: force } = env;
  if (no !== '') return PLAIN_STYLE;
  if (force !== undefined) return force === '0' || force === 'false' ? PLAIN_STYLE : COLOUR_STYLE;
  return isInteractive(stream, env) ? COLOUR_STYLE : PLAIN_STYLE;
}

/** How many characters a picture may be wide on a stream. */
export function widthOf(stream: OutputStream): number {
  return Math.min(stream.columns ?? WIDTH_ELSEWHERE, WIDEST) - 1;
}

/** Says something beside the result: a hint or a warning, on standard error. */
export function remark(text: string): void {
  process.stderr.write(`lwasync: ${text}\n`);
}

/** Prints the result, with a line break at its end. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
