import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Screen } from './screen.js';

const MAIN: string = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
const SIZE = { columns: 70, rows: 10 };

/** Whether this machine has `script` of util-linux, which runs a command on a terminal of its own. */
export const hasTerminals: boolean = /util-linux/.test(
  String(spawnSync('script', ['--version']).stdout),
);

/** A command on a terminal. */
export interface RunningInTerminal {
  readonly screen: Screen;
  /** Everything that was written to the terminal so far. */
  written(): string;
  /** Types something; `\u0003` is Ctrl-C. */
  type(keys: string): void;
  /** Resolves to the exit code. */
  readonly finished: Promise<number | null>;
}

/** Starts `lwasync` with the words on a terminal of 70 columns and 10 rows. */
export function startInTerminal(words: readonly string[]): RunningInTerminal {
  const { columns, rows } = SIZE;
  const command = [process.execPath, MAIN, ...words].map((word) => `'${word}'`).join(' ');
  const sized = `stty cols ${columns} rows ${rows}; exec ${command}`;
  const child = spawn('script', ['-qec', sized, '/dev/null'], {
    env: { ...process.env, NO_COLOR: '', TERM: 'xterm' },
  });
  const screen = new Screen(columns, rows);
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    screen.write(text);
  });
  child.stdin.on('error', () => {});
  return {
    screen,
    written: () => written,
    type: (keys) => void child.stdin.write(keys),
    finished: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code));
    }),
  };
}
