import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PLAIN_STYLE } from '../report/style.js';
import { displayedWidth } from './displayed-text.js';
import { renderTask } from './learn-task.js';

const EXERCISES = join(import.meta.dirname, '..', '..', 'exercises');

it('is the text in lines as wide as the screen, with its list and its code', () => {
  const markdown =
    '# A task\n\nSome _words_ that\n**go on** below.\n\n- one `a_b_c`\n  and more\n- two\n\n  1. in it,\n     still\n\n```ts\nconst a  = 1;\n```\n';
  expect(renderTask(markdown, { style: PLAIN_STYLE, width: 24 })).toBe(
    [
      'A task',
      '',
      '  Some words that go on',
      '  below.',
      '',
      '  - one `a_b_c` and more',
      '  - two',
      '',
      '    1. in it, still',
      '',
      '    const a  = 1;',
    ].join('\n'),
  );
});

it.each(readdirSync(EXERCISES).filter((name) => /^\d\d-/.test(name)))(
  'of %s fits a usual screen in width, and loses no word',
  (name) => {
    const markdown = readFileSync(join(EXERCISES, name, 'README.md'), 'utf8');
    const text = renderTask(markdown, { style: PLAIN_STYLE, width: 79 });
    expect(Math.max(...text.split('\n').map(displayedWidth))).toBeLessThanOrEqual(79);
    const words = (all: string): string[] => all.match(/[\p{L}\d]+/gu) ?? [];
    expect(words(text.replaceAll('_', ''))).toEqual(
      words(markdown.replaceAll('_', '').replaceAll(/^```\w*/gm, '')),
    );
  },
);
