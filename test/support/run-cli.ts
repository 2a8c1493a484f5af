import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The command as `package.json` names it. */
const MAIN: string = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');

/** What a command printed and ended with. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCli {
  readonly finished: Promise<Finished>;
  /** Everything printed so far, to both streams. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `lwasync` with the words, its output into pipes. */
export function startCli(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCli {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '0', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { finished, output: () => stdout + stderr, kill: (signal) => void child.kill(signal) };
}

/** Runs `lwasync` to its end. */
export function runCli(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return startCli(words, env).finished;
}
