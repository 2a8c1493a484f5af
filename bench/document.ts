import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Block, Table } from './group.js';

/** A chapter of the document. */
export interface Chapter {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What stands before the chapters: facts about the machine and the tools, each with its name. */
export interface Preamble {
  readonly date: Date;
  readonly machine: readonly (readonly [name: string, value: string])[];
  readonly versions: readonly (readonly [name: string, version: string])[];
}

/** The whole document as Markdown, laid out as the repository's formatter wants it. */
export async function renderDocument(
  { date, machine, versions }: Preamble,
  chapters: readonly Chapter[],
  path: string,
): Promise<string> {
  const facts = [['date', `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`], ...machine];
  const text = [
    '# Benchmarks',
    'Written by `make bench`, which measures everything again and replaces this file. All figures are of one machine, ' +
      'one run; `bench/README.md` says how they are measured and what they do not say.',
    '## Where and with what',
    renderTable({ kind: 'table', columns: ['machine', ''], rows: facts }),
    renderTable({ kind: 'table', columns: ['tool', 'version'], rows: versions }),
    ...chapters.flatMap(({ title, blocks }) => [`## ${title}`, ...blocks.map(renderBlock)]),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

/** Writes beside the file first and moves it there when it is whole. */
export async function writeDocument(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const whole = `${path}.${process.pid}.tmp`;
  await writeFile(whole, text);
  await rename(whole, path);
}

function renderBlock(block: Block): string {
  if (block.kind === 'heading') return `### ${block.text}`;
  if (block.kind === 'list') return block.items.map((item) => `- ${item}`).join('\n');
  return block.kind === 'table' ? renderTable(block) : block.text;
}

function renderTable({ columns, rows }: Table): string {
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [columns, rule, ...rows].map(renderRow).join('\n');
}

// GitHub Flavored Markdown, section 4.10: a vertical bar would end the cell.
function renderRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
