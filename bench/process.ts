import { spawn } from 'node:child_process';

/** How a program ended, with what it printed. */
export type ProgramResult =
  | {
      readonly kind: 'ended';
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** How long a program may take, and who can stop it. */
export interface ProgramLimits {
  readonly signal: AbortSignal;
  /** In milliseconds; two minutes unless said otherwise. */
  readonly limitMs?: number;
  /** Is told the id of the process once there is one. */
  readonly started?: (pid: number) => void;
}

const LIMIT_MS = 120_000;

/**
 * Runs a program, without a shell between, and resolves when it has ended and closed its output. One that takes longer
 * than its limit is killed, and that is its result.
 *
 * @throws the reason of `signal` when it fires; the program is killed then.
 */
export async function runProgram(
  file: string,
  words: readonly string[],
  { signal, limitMs = LIMIT_MS, started }: ProgramLimits,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(limitMs);
  const child = spawn(file, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, deadline]),
    killSignal: 'SIGKILL',
  });
  if (child.pid !== undefined) started?.(child.pid);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const result = await new Promise<ProgramResult>((resolve) => {
    let fault: string | undefined;
    child.on('error', (error) => {
      fault = deadline.aborted ? `no result within ${limitMs / 1000} s` : error.message;
      // One that could not be started has no process, and nothing more comes of it.
      if (child.pid === undefined) resolve({ kind: 'failed', reason: fault });
    });
    child.on('close', (code, killedBy) => {
      if (fault !== undefined) resolve({ kind: 'failed', reason: fault });
      else if (code === null) resolve({ kind: 'failed', reason: `it was ended by ${killedBy}` });
      else resolve({ kind: 'ended', exitCode: code, stdout: stdout(), stderr: stderr() });
    });
  });
  signal.throwIfAborted();
  return result;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Why a program's result cannot be used: its exit code and the line of what it complained that tells most. */
export function complaintOf(result: ProgramResult): string {
  if (result.kind === 'failed') return result.reason;
  const lines = result.stderr.split('\n').filter((line) => line.trim() !== '');
  // A crash of Node or Python prints a stack as well, before or after the line that names the error.
  const telling = lines.findLast((line) => /error\b/i.test(line)) ?? lines.at(-1);
  const detail = telling === undefined ? '' : `: ${telling.trim().slice(0, 200)}`;
  return `exit code ${result.exitCode}${detail}`;
}
