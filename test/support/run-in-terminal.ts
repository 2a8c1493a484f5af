import { spawn, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { Screen } from './screen.js';

const MAIN: string = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
// Less than a test may take, so that it can tell what was shown instead.
const PATIENCE_MS = 20_000;
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
  /** Resolves when the text is on the screen; fails when the command ends before. */
  shows(text: string): Promise<void>;
  /** Ends it, if it has not ended. */
  end(): void;
}

/** What a terminal is like. */
interface TerminalOptions {
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly folder?: string;
  /** What a shell is to do with the command; to become it, unless said otherwise. */
  readonly shell?: (command: string) => string;
}

/** Starts `lwasync` with the words on a terminal, of 70 columns and 10 rows unless said otherwise. */
export function startInTerminal(
  words: readonly string[],
  { size = SIZE, folder, shell = (command) => `exec ${command}` }: TerminalOptions = {},
): RunningInTerminal {
  const { columns, rows } = size;
  const command = [process.execPath, MAIN, ...words].map((word) => `'${word}'`).join(' ');
  const sized = `stty cols ${columns} rows ${rows}; ${shell(command)}`;
  const child = spawn('script', ['-qec', sized, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '', TERM: 'xterm', npm_command: '' },
  });
  const screen = new Screen(columns, rows);
  const news = new EventEmitter();
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    screen.write(text);
    news.emit('news');
  });
  child.stdin.on('error', () => {});
  const finished = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code));
  });
  return {
    screen,
    written: () => written,
    type: (keys) => void child.stdin.write(keys),
    shows: async (text) => {
      const over = new AbortController();
      const patience = setTimeout(() => over.abort(), PATIENCE_MS);
      void finished.finally(() => over.abort());
      while (!screen.text.includes(text)) {
        await once(news, 'news', { signal: over.signal }).catch(() => {
          throw new Error(`expected ${text} on the screen, got\n${screen.text}`);
        });
      }
      clearTimeout(patience);
    },
    finished,
    end: () => void child.kill('SIGKILL'),
  };
}
