import { escapeMarkup } from './markup.js';

/** A picture without a frame: elements of SVG on a field `width` by `height`, and what they show in words. */
export interface Drawing {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly elements: readonly string[];
}

/** The width of every picture, in pixels. */
export const WIDTH = 820;

const MARGIN = 16;
const LINE = 16;
const TITLE_LETTERS = 90;
const LINE_LETTERS = 125;
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/**
 * The picture as an SVG file that stands alone: no script, no font or style from elsewhere, readable on a light and a dark
 * page, with a title and a description for those who do not see it.
 */
export function renderSvgFile(drawing: Drawing): string {
  const lines = wrap(drawing.description);
  const top = 32 + lines.length * LINE;
  const height = top + drawing.height;
  const { width } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ${FONT}>`,
    ...inWords(drawing),
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    drawText({ x: MARGIN, y: 24, text: shorten(drawing.title), size: 15, strong: true }),
    ...lines.map((text, row) => drawText({ x: MARGIN, y: 44 + row * LINE, text, soft: true })),
    `<g transform="translate(0 ${top})">`,
    ...drawing.elements,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/**
 * The picture as part of a page that has told its title already. Its colours are attributes, which any rule of the page's
 * style overrules: `.ink`, `.soft`, `.grid` and `.paper` are what a dark page wants to change.
 */
export function renderInlineSvg(drawing: Drawing): string {
  const { width, height } = drawing;
  const open = `<svg viewBox="0 0 ${width} ${height}" role="img" ${FONT}>`;
  return [open, ...inWords(drawing), ...drawing.elements, '</svg>'].join('\n');
}

/** A text in a picture. */
export interface PictureText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly strong?: boolean;
  readonly soft?: boolean;
}

/** The text as an element. */
export function drawText({ x, y, text, anchor, size, strong, soft }: PictureText): string {
  const look = soft === true ? 'class="soft" fill="#555555"' : 'class="ink" fill="#222222"';
  return (
    `<text x="${round(x)}" y="${round(y)}" ${look}` +
    (anchor === undefined ? '' : ` text-anchor="${anchor}"`) +
    (size === undefined ? '' : ` font-size="${size}"`) +
    (strong === true ? ' font-weight="600"' : '') +
    `>${escapeMarkup(text)}</text>`
  );
}

/** A coordinate with a tenth of a pixel, which is as fine as anyone sees. */
export function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

function inWords({ title, description }: Drawing): string[] {
  return [`<title>${escapeMarkup(title)}</title>`, `<desc>${escapeMarkup(description)}</desc>`];
}

function shorten(text: string): string {
  return text.length <= TITLE_LETTERS ? text : `${text.slice(0, TITLE_LETTERS - 1)}…`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && line.length + word.length >= LINE_LETTERS) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
