// Makes the pictures beside this file, by keys in a real session on a terminal of 100 columns and 32 rows:
//   node build.mjs && node docs/learn/capture.mjs [exercise [wrong answer]]
// It needs `script` of util-linux. The course is begun anew in a temporary folder.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createJiti } from 'jiti';
import { terminalSvg, withoutStyle } from './terminal-svg.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const SIZE = { columns: 100, rows: 32 };
const [name = '03-all-at-once', wrong = 'one-after-another'] = process.argv.slice(2);
const exercise = join(ROOT, 'exercises', name);
const { title } = JSON.parse(readFileSync(join(exercise, 'exercise.json'), 'utf8'));
const number = Number(name.slice(0, 2));

const jiti = createJiti(import.meta.url);
const { startInTerminal } = await jiti.import('../../test/support/run-in-terminal.ts');

const folder = mkdtempSync(join(tmpdir(), 'lwasync-capture-'));
const course = join(folder, 'my-course');
const file = join(course, name, 'exercise.ts');
execFileSync(process.execPath, [join(ROOT, 'dist', 'cli', 'main.js'), 'learn', 'start', course]);
const terminal = startInTerminal(['learn'], { size: SIZE, folder: course });
try {
  await terminal.shows('q quit');
  terminal.type('l');
  await terminal.shows('enter go there');
  terminal.type(`${number}\r`);
  await terminal.shows('Before the first run, predict:');
  await terminal.shows(`${number} ${title}  [`);
  await capture('1-question', `Exercise ${number} asks for a prediction before the first run`);
  terminal.type('2');
  await terminal.shows(`✗ ${number} ${title}: not yet`);
  copyFileSync(join(exercise, 'wrong', `${wrong}.ts`), file);
  await terminal.shows(`not yet (${wrong},`);
  terminal.type('h');
  await terminal.shows('Hint 1 of 3');
  await capture('2-not-yet', 'A wrong answer is told what was seen, with a hint that fits');
  copyFileSync(join(exercise, 'solution.ts'), file);
  await terminal.shows(`✓ ${number} ${title}: passed`);
  await capture('3-passed', 'A right answer, with the prediction beside what was measured');
  terminal.type('q');
  await terminal.finished;
} finally {
  terminal.end();
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${readdirSync(import.meta.dirname).join('\n')}\n`);

/** Writes what the terminal shows now, as text and as a picture. */
async function capture(as, caption) {
  // Each frame is one synchronized update from the first row on.
  const newest = () => terminal.written().split('\u001b[?2026h').at(-1);
  while (!newest().includes('\u001b[?2026l')) await setImmediate();
  const lines = newest()
    .split('\u001b[?2026l', 1)[0]
    .replaceAll(/\p{Cc}\[[HJK]/gu, '')
    .split(/\r?\n/);
  const path = join(import.meta.dirname, as);
  writeFileSync(`${path}.txt`, lines.map((line) => `${withoutStyle(line)}\n`).join(''));
  writeFileSync(`${path}.svg`, terminalSvg(lines, { ...SIZE, caption }));
}
