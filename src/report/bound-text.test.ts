import { describe, expect, it } from 'vitest';
import { buildBoundRun } from '../../test/support/build-bound-run.js';
import { renderBound } from './bound-text.js';
import { PLAIN_STYLE } from './style.js';

const BLOCKED = {
  wallMs: 1000,
  userMs: 50,
  states: { computingMs: 50, blockedMs: 750, waitingMs: 200 },
  blocks: [
    { file: 'a.js', line: 3, durationMs: 740, call: 'readFileSync', source: 'readFileSync(path);' },
    { file: 'a.js', line: 9, durationMs: 9, call: undefined, source: undefined },
  ],
};

describe('the report on what a run is bound by', () => {
  it('begins with the verdict, draws the parts, and ends with what would help', () => {
    const lines = renderBound(buildBoundRun(), PLAIN_STYLE).split('\n');
    expect(lines).toEqual([
      'I/O bound: 98 % of the time it waited or was blocked.',
      'node a.js: 1.000 s, CPU 15.0 ms user and 5.00 ms system',
      '',
      `  computing          ${'█'.repeat(1)}${'░'.repeat(39)}  2.0 %`,
      `  waiting or blocked ${'█'.repeat(39)}${'░'.repeat(1)}   98 %`,
      '',
      'A CPU twice as fast: 990 ms instead of 1.000 s.',
      'I/O twice as fast: 510 ms instead of 1.000 s.',
      'Asynchrony can run up to 50.0x as many of these in the same time on one thread.',
    ]);
  });

  it('names the call that blocks, and leaves out lines that hold the thread for next to nothing', () => {
    const text = renderBound(buildBoundRun(BLOCKED), PLAIN_STYLE);
    expect(text).toContain('  740 ms  74 %  a.js:3  readFileSync(path);\n');
    expect(text).not.toContain('a.js:9');
    expect(text).toContain(
      'It was blocked 75 % of the time: readFileSync at a.js:3 holds the thread;',
    );
  });

  it('says how many cores computed, and that asynchrony gains nothing there', () => {
    const text = renderBound(buildBoundRun({ userMs: 1900, systemMs: 0 }), PLAIN_STYLE);
    expect(text).toMatch(/^CPU bound: 100 % of the time it computed\.\n/);
    expect(text).toContain('1.90 cores used');
    expect(text).toContain('I/O twice as fast: 1.000 s as before.');
    expect(text).toContain('Asynchrony gains next to nothing: at best 1.00x on one thread.');
  });

  it('names no line where none held the thread for long', () => {
    const [, short] = BLOCKED.blocks;
    const blocks = short === undefined ? [] : [short];
    const text = renderBound(buildBoundRun({ userMs: 1000, blocks }), PLAIN_STYLE);
    expect(text).toContain('It computed 100 % of the time: less work');
  });

  it('says that other threads computed where the main thread was free all the while', () => {
    const states = { computingMs: 50, blockedMs: 0, waitingMs: 950 };
    const text = renderBound(buildBoundRun({ userMs: 1000, states }), PLAIN_STYLE);
    expect(text).toContain(
      'The thread itself was free 95 % of the time: other threads or processes',
    );
    expect(text).toContain('asynchrony can keep 2 cores busy with them.');
  });

  it('of a task says how many were made, and has its notes at the end', () => {
    const run = buildBoundRun({ kind: 'task', text: 'pi 2000', number: 10, notes: ['So it is.'] });
    const text = renderBound(run, PLAIN_STYLE);
    expect(text).toContain('\n10x pi 2000: 1.000 s');
    expect(text).toMatch(/\n\nSo it is\.$/);
  });
});
