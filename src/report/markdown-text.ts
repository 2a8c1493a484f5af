/**
 * A text in one line as it stands in Markdown, also in the cell of a table and at the begin of a line.
 *
 * Source: GitHub Flavored Markdown, sections 6.1 (backslash escapes) and 4.10: a bar in a cell is none of the text, whatever
 * stands before it, so it is written as an entity.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>#&~!$@]/g, (character) => `\\${character}`)
    .replaceAll('|', '&#124;')
    .replace(/^([-+])(?=\s)/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2');
}

/** Lines as they are, whatever they hold (GitHub Flavored Markdown, section 4.5: a longer fence ends at no shorter one). */
export function codeBlock(text: string): string {
  const ticks = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...ticks.map((run) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}
