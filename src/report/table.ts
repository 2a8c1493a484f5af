/** A column of a table: its heading and on which side its cells line up. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** The rows under their headings, lined up with spaces. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  return lineUp(columns, rows)
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

/** The same as a Markdown table (GitHub Flavored Markdown, section 4.10). */
export function renderMarkdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  // What stands between bars is a cell, whatever a cell may hold.
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const [head = [], ...body] = lineUp(columns, cells);
  const rule = head.map((cell, index) => {
    const dashes = '-'.repeat(Math.max(cell.length, 3));
    return columns[index]?.align === 'right' ? `${dashes.slice(1)}:` : dashes;
  });
  return [head, rule, ...body].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function lineUp(columns: readonly Column[], rows: readonly (readonly string[])[]): string[][] {
  const lines = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? '').length)),
  );
  return lines.map((line) =>
    columns.map((column, index) => {
      const cell = line[index] ?? '';
      const width = widths[index] ?? 0;
      return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
    }),
  );
}
