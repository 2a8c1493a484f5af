import { renderInlineSvg, type Drawing } from './drawing.js';
import { escapeMarkup } from './markup.js';
import { PAGE_STYLE } from './page-style.js';
import type { Column } from './table.js';

/** A page in parts, top to bottom, under its title. The parts are HTML already. */
export interface Page {
  readonly title: string;
  readonly parts: readonly string[];
}

/** Nothing but the styles in the page itself: no script, no picture, font or frame from anywhere, no form, no base. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page as one HTML file that needs nothing beside it. */
export function renderPage({ title, parts }: Page): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeMarkup(title)}</h1>`,
    ...parts,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A section under its heading. */
export function section(heading: string, ...parts: readonly string[]): string {
  return ['<section>', `<h2>${escapeMarkup(heading)}</h2>`, ...parts, '</section>'].join('\n');
}

/** A paragraph of plain text. */
export function paragraph(text: string, kind?: 'verdict' | 'warning' | 'note'): string {
  const attribute = kind === undefined ? '' : ` class="${kind}"`;
  return `<p${attribute}>${escapeMarkup(text)}</p>`;
}

/** Plain texts as a list. */
export function list(texts: readonly string[], kind?: 'warning'): string {
  const attribute = kind === undefined ? '' : ` class="${kind}"`;
  return `<ul${attribute}>${texts.map((text) => `<li>${escapeMarkup(text)}</li>`).join('')}</ul>`;
}

/** A picture with the same in numbers under it. */
export function figure(drawing: Drawing, caption: string, numbers: string): string {
  return [
    '<figure>',
    renderInlineSvg(drawing),
    `<figcaption>${escapeMarkup(caption)}</figcaption>`,
    '</figure>',
    `<details open><summary>The same in numbers</summary>\n${numbers}\n</details>`,
  ].join('\n');
}

/** The rows under their headings; the first cell of a row is its heading. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const heads = columns.map(
    ({ heading, align }) => `<th scope="col" class="${align}">${escapeMarkup(heading)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(({ align }, index) => {
      const text = escapeMarkup(row[index] ?? '');
      return index === 0
        ? `<th scope="row" class="${align}">${text}</th>`
        : `<td class="${align}">${text}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    `<div class="wide"><table><caption>${escapeMarkup(caption)}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody></table></div>`,
  ].join('\n');
}

/** Names and what they stand for. */
export function definitions(pairs: readonly (readonly [name: string, value: string])[]): string {
  const items = pairs.map(
    ([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd>`,
  );
  return `<dl>${items.join('')}</dl>`;
}
