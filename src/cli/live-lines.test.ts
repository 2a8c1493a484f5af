import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { runProgram } from '../../test/support/run-program.js';
import { Screen } from '../../test/support/screen.js';
import { LiveLines } from './live-lines.js';

function shownOn(screen: Screen): { live: LiveLines; written: string[] } {
  const written: string[] = [];
  const write = (text: string): boolean => {
    written.push(text);
    screen.write(text);
    return true;
  };
  return { live: new LiveLines({ write }), written };
}

it('draws in place, says above what is to stay, and leaves nothing else', () => {
  const screen = new Screen(40, 8);
  screen.write('$ lwasync download\n');
  const { live } = shownOn(screen);
  live.draw(['total 1', ' a', ' b', ' c']);
  expect(screen.text).toBe('$ lwasync download\ntotal 1\n a\n b\n c');
  expect(screen.isCursorShown).toBe(false);
  live.draw(['total 2', ' c'], ['b failed']);
  expect(screen.text).toBe('$ lwasync download\nb failed\ntotal 2\n c');
  live.draw(['total 3', ' c', ' d']);
  live.clear();
  expect(screen.text).toBe('$ lwasync download\nb failed\n');
  expect(screen.isCursorShown).toBe(true);
});

it('stays in place at the bottom of a screen that scrolls, with words above that wrap', () => {
  const screen = new Screen(20, 6);
  screen.write('line\n'.repeat(20));
  const { live } = shownOn(screen);
  for (let at = 0; at < 30; at += 1) {
    const lines = [`total ${at}`, ' a', ' b', ' c'].slice(0, 1 + (at % 4));
    live.draw(lines, at % 10 === 0 ? [`said ${'x'.repeat(30)}`] : []);
  }
  live.clear();
  const said = `said ${'x'.repeat(15)}\n${'x'.repeat(15)}\n`;
  expect(screen.text).toBe('line\n'.repeat(20) + said.repeat(3));
});

it('draws each frame as one synchronized update', () => {
  const { live, written } = shownOn(new Screen(40, 8));
  live.draw(['total']);
  live.draw(['total'], ['said']);
  live.clear();
  for (const frame of written.filter((text) => text.includes('total'))) {
    expect(frame.startsWith('\u001b[?2026h')).toBe(true);
    expect(frame.endsWith('\u001b[?2026l')).toBe(true);
  }
});

it('leaves no listener behind, however often it is shown', () => {
  const listeners = (): number =>
    ['exit', 'SIGQUIT', 'SIGHUP', 'SIGTSTP'].reduce(
      (sum, name) => sum + process.listenerCount(name),
      0,
    );
  const before = listeners();
  const { live } = shownOn(new Screen(40, 8));
  for (let at = 0; at < 5; at += 1) {
    live.draw(['total']);
    live.clear();
  }
  live.clear();
  expect(listeners()).toBe(before);
});

it.each([
  ['an exception', "throw new Error('unforeseen')", null],
  ['an exit', 'process.exit(7)', null],
  ['SIGQUIT', "process.kill(process.pid, 'SIGQUIT'); setInterval(() => {}, 1e6)", 'SIGQUIT'],
  ['SIGHUP', "process.kill(process.pid, 'SIGHUP'); setInterval(() => {}, 1e6)", 'SIGHUP'],
])('%s takes the lines away and gives the cursor back', async (_, end, signal) => {
  const file = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'live-lines.js');
  const { stdout, signal: endedBy } = await runProgram(
    `const { LiveLines } = await import('${pathToFileURL(file).href}');
    new LiveLines(process.stdout).draw(['total']);
    ${end};`,
  );
  const screen = new Screen(40, 8);
  screen.write(stdout);
  expect(stdout).toContain('total');
  expect(screen.text).toBe('');
  expect(screen.isCursorShown).toBe(true);
  expect(endedBy).toBe(signal);
});
