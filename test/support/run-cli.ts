import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

// The command as `package.json` names it.
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
  /** Closes our end of both pipes, as `head` does when it has enough. */
  stopReading(): void;
}

/** Under what circumstances a command runs. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it runs in. */
  readonly cwd?: string;
  /** What can be read from standard input; nothing unless said otherwise. */
  readonly stdin?: string;
  /** A file that standard output goes to instead of a pipe. */
  readonly stdout?: string;
  /** The most files that may be open at once. */
  readonly openFiles?: number;
}

/** Starts `lwasync` with the words, its output into pipes. */
export function startCli(words: readonly string[], circumstances: Circumstances = {}): RunningCli {
  const { env, cwd, stdin, stdout: file, openFiles } = circumstances;
  const output = file === undefined ? 'pipe' : openSync(file, 'w');
  const limited = [
    '-c',
    `ulimit -n ${openFiles}; exec "$0" "$@"`,
    process.execPath,
    MAIN,
    ...words,
  ];
  const [command, parameters] =
    openFiles === undefined ? [process.execPath, [MAIN, ...words]] : ['/bin/sh', limited];
  const child = spawn(command, parameters, {
    stdio: [stdin === undefined ? 'ignore' : 'pipe', output, 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '0', npm_command: '', ...env },
  });
  if (typeof output === 'number') closeSync(output);
  child.stdin?.on('error', () => {}).end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    finished,
    output: () => stdout + stderr,
    kill: (signal) => void child.kill(signal),
    stopReading: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

/** Runs `lwasync` to its end. */
export function runCli(words: readonly string[], circumstances?: Circumstances): Promise<Finished> {
  return startCli(words, circumstances).finished;
}
