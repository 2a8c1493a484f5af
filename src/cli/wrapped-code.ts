import { printable } from '../report/shown-text.js';
import { cutToWidth, displayedWidth } from './displayed-text.js';

const FURTHER = '    ';

/** A line of code in lines of at most the width: what is too wide goes on below, further in, so that nothing of it is lost. */
export function wrapCode(text: string, { width }: { readonly width: number }): string[] {
  const line = printable(text.replaceAll('\t', '  '));
  if (displayedWidth(line) <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const [first = '', ...words] = line.trim().split(' ');
  const lines: string[] = [];
  let current = indent + first;
  for (const word of words) {
    if (displayedWidth(`${current} ${word}`) <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = indent + FURTHER + word;
    }
  }
  return [...lines, current].map((each) => cutToWidth(each, width));
}
