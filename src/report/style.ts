import type { ContenderMode } from '../core/run.js';

/** How text is set off. Colour repeats what the words say and is never the only sign. */
export interface Style {
  strong(text: string): string;
  faint(text: string): string;
  warning(text: string): string;
  mode(mode: ContenderMode, text: string): string;
}

const same = (text: string): string => text;

/** No colour and no weight. */
export const PLAIN_STYLE: Style = {
  strong: same,
  faint: same,
  warning: same,
  mode: (_, text) => text,
};

const MODE_COLOURS: Readonly<Record<ContenderMode, number>> = {
  sync: 33,
  sequential: 36,
  async: 32,
  loop: 35,
  threads: 34,
  program: 36,
};

/** The sixteen colours that every terminal has, ECMA-48 SGR. */
export const COLOUR_STYLE: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
  warning: (text) => `\u001b[33m${text}\u001b[39m`,
  mode: (mode, text) => `\u001b[${MODE_COLOURS[mode]}m${text}\u001b[39m`,
};
