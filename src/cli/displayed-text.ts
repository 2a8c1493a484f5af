// Han, the Japanese and Korean scripts, the full-width forms and emoji take two cells (Unicode Standard Annex 11, values W
// and F; the private and the ambiguous ones are narrow).
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const HALF_WIDTH = /[\uff61-\uffdc]/u;
// Combining marks and what only changes the character before it.
const NO_CELL = /[\p{Mn}\p{Me}\u200b-\u200d\u2060\ufeff]/u;

/** How many cells of a terminal a text without control characters takes. */
export function displayedWidth(text: string): number {
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** The text in at most `cells` cells; what had to be cut is told by an ellipsis. */
export function cutToWidth(text: string, cells: number): string {
  if (displayedWidth(text) <= cells) return text;
  let cut = '';
  let width = 0;
  for (const character of text) {
    width += cellsOf(character);
    if (width > cells - 1) break;
    cut += character;
  }
  return cells > 0 ? `${cut}…` : '';
}

/** The text in exactly `cells` cells. */
export function fitToWidth(text: string, cells: number): string {
  const cut = cutToWidth(text, cells);
  return cut + ' '.repeat(Math.max(0, cells - displayedWidth(cut)));
}

function cellsOf(character: string): number {
  if (NO_CELL.test(character)) return 0;
  return WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1;
}
