import { printable } from '../report/shown-text.js';
import { paragraph, type TextLook } from './learn-text.js';
import { wrapCode } from './wrapped-code.js';

const HEADING = /^#+ +/;
const ITEM = /^ *(?:[-*]|\d+\.) +/;
const FENCE = '```';

/** The README of an exercise for a terminal: paragraphs and lists as wide as it is, code as it stands, the marks of emphasis left out. */
export function renderTask(markdown: string, look: TextLook): string {
  const blocks = markdown.trim().split(/\n{2,}/);
  return blocks.map((block) => renderBlock(block, look)).join('\n\n');
}

function renderBlock(block: string, look: TextLook): string {
  if (block.startsWith(FENCE)) {
    const code = block.split('\n').filter((line) => !line.startsWith(FENCE));
    return code.flatMap((line) => wrapCode(`    ${line}`, look)).join('\n');
  }
  if (HEADING.test(block)) return look.style.strong(printable(block.replace(HEADING, '')));
  return partsOf(block)
    .map((part) => paragraph(plain(part), look, ITEM.exec(part)?.[0].length ?? 0))
    .join('\n');
}

/** A part for each item of a list; of what is no list, the whole. */
function partsOf(block: string): string[] {
  const parts: string[] = [];
  for (const line of block.split('\n')) {
    if (parts.length === 0 || ITEM.test(line)) parts.push(line);
    else parts.push(`${parts.pop() ?? ''} ${line.trim()}`);
  }
  return parts;
}

function plain(text: string): string {
  return text.replaceAll('**', '').replaceAll(/(?<=^|[\s(])_(?<word>[^_]+)_/g, '$<word>');
}
