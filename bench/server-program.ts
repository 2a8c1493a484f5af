import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from './pinning.js';

/** A server that runs as a process of its own. */
export interface ServerProgram {
  readonly pid: number;
  /** What `ready` found out; a line that it printed unless said otherwise. */
  readonly greeting: string;
  /** Ends it, and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Resolves when a server can be used; to `undefined` when it never will. */
export type Ready = (child: ChildProcessWithoutNullStreams) => Promise<string | undefined>;

const START_MS = 20_000;

/**
 * Starts a server and resolves when it is ready: when it has printed a line unless said otherwise. Its input ends when this
 * process does, whatever ends that.
 *
 * @throws {Error} when it ends before or is not ready; it is killed then, and when `signal` fires.
 */
export async function startServer(
  [file, ...words]: Command,
  signal: AbortSignal,
  ready: Ready = firstLine,
): Promise<ServerProgram> {
  signal.throwIfAborted();
  const child = spawn(file, words, { stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-1000);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      complaint = error.message;
      // One that could not be started has no process, and nothing more comes of it.
      if (child.pid === undefined) resolve();
    });
    child.once('close', () => resolve());
  });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const stop = async (): Promise<void> => {
    signal.removeEventListener('abort', kill);
    kill();
    await closed;
  };
  const greeting = await Promise.race([ready(child), closed.then(() => undefined)]);
  if (greeting === undefined || child.pid === undefined) {
    await stop();
    signal.throwIfAborted();
    throw new Error(`${file} ${words.join(' ')} did not start: ${complaint.trim()}`);
  }
  return { pid: child.pid, greeting, stop };
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string | undefined> {
  const deadline = AbortSignal.timeout(START_MS);
  let text = '';
  while (!text.includes('\n')) {
    try {
      const [chunk]: unknown[] = await once(child.stdout, 'data', { signal: deadline });
      text += String(chunk);
    } catch {
      return undefined;
    }
  }
  return text.slice(0, text.indexOf('\n'));
}
