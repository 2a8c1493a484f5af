// Lines of a terminal, with the styles of src/report/style.ts, as a picture.
const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
const PAPER = '#1b1d23';
const INK = '#d6d9de';
const COLOURS = new Map([
  [32, '#7fce8c'],
  [33, '#e8c26a'],
  [34, '#7fb2ff'],
  [35, '#d69bf0'],
  [36, '#74cfd6'],
]);
const STYLE = /\p{Cc}\[(\d+)m/gu;

/** The text alone. */
export function withoutStyle(line) {
  return line.replaceAll(STYLE, '').trimEnd();
}

/** A picture of the lines on a terminal of this size, which stands alone and is read out by its caption. */
export function terminalSvg(lines, { columns, rows, caption }) {
  const width = Math.ceil(columns * CELL.width) + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<title>${escape(caption)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>`,
    ...lines.flatMap((line, row) => drawLine(line, MARGIN + (row + 0.75) * CELL.height)),
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(line, y) {
  const drawn = [];
  let [column, style] = [0, { fill: INK }];
  // The text before the first style, then by turns a style and the text that follows it.
  for (const [index, piece] of line.split(STYLE).entries()) {
    if (index % 2 === 1) style = styleAfter(style, Number(piece));
    else {
      const cells = [...piece].length;
      if (piece.trim() !== '') drawn.push(drawText(piece, column, y, style));
      column += cells;
    }
  }
  return drawn;
}

function styleAfter(style, code) {
  if (code === 22) return { fill: style.fill };
  if (code === 1) return { ...style, strong: true };
  if (code === 2) return { ...style, faint: true };
  return { ...style, fill: COLOURS.get(code) ?? INK };
}

function drawText(text, column, y, { fill, strong, faint }) {
  const begin = text.length - text.trimStart().length;
  const shown = text.trim();
  const x = (MARGIN + (column + begin) * CELL.width).toFixed(1);
  // Held to its cells, whatever font there is.
  const length = ([...shown].length * CELL.width).toFixed(1);
  const more = (strong ? ' font-weight="700"' : '') + (faint ? ' fill-opacity="0.6"' : '');
  return `<text x="${x}" y="${y}" fill="${fill}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${more}>${escape(shown)}</text>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
