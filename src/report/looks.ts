import type { ContenderMode } from '../core/run.js';
import { round } from './drawing.js';

/** How one of several things is drawn. Dash and marker differ too, so that nobody needs the colour. */
export interface Look {
  readonly colour: string;
  /** An SVG dash pattern; `none` is a whole line. */
  readonly dash: string;
  readonly marker: MarkerShape;
}

/** The shape of a mark. */
type MarkerShape = 'none' | 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

// Colours that people who confuse red and green tell apart (Okabe & Ito, "Color Universal Design", 2008).
const LOOKS: Readonly<Record<ContenderMode, Look>> = {
  sync: { colour: '#e69f00', dash: 'none', marker: 'square' },
  sequential: { colour: '#56b4e9', dash: '6 3', marker: 'triangle' },
  async: { colour: '#009e73', dash: 'none', marker: 'circle' },
  loop: { colour: '#cc79a7', dash: '2 3', marker: 'diamond' },
  threads: { colour: '#0072b2', dash: '8 3 2 3', marker: 'cross' },
  program: { colour: '#d55e00', dash: '6 3', marker: 'triangle' },
};

/** A look for each contender: that of its mode, or the first that is free where a mode comes again. */
export function looksOf(modes: readonly ContenderMode[]): Look[] {
  const taken: Look[] = [];
  for (const mode of modes) {
    const free = Object.entries(LOOKS).find(
      ([name, look]) => !taken.includes(look) && !modes.some((other) => other === name),
    );
    taken.push(taken.includes(LOOKS[mode]) ? (free?.[1] ?? LOOKS[mode]) : LOOKS[mode]);
  }
  return taken;
}

/** A mark of the look's shape and colour with its middle at (x, y), about 8 pixels wide. */
export function drawMarker({ marker, colour }: Look, x: number, y: number): string {
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  const closed = (path: string): string => `<path d="${path} Z" fill="${colour}"/>`;
  switch (marker) {
    case 'none':
      return '';
    case 'circle':
      return `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${colour}"/>`;
    case 'square':
      return closed(`M ${at(-3.5, -3.5)} L ${at(3.5, -3.5)} L ${at(3.5, 3.5)} L ${at(-3.5, 3.5)}`);
    case 'triangle':
      return closed(`M ${at(0, -4.5)} L ${at(4.5, 3.5)} L ${at(-4.5, 3.5)}`);
    case 'diamond':
      return closed(`M ${at(0, -5)} L ${at(5, 0)} L ${at(0, 5)} L ${at(-5, 0)}`);
    case 'cross':
      return (
        `<path d="M ${at(-4, -4)} L ${at(4, 4)} M ${at(-4, 4)} L ${at(4, -4)}" ` +
        `stroke="${colour}" stroke-width="2" fill="none"/>`
      );
  }
}
