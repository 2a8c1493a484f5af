import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Starts a script of this folder that prints its port, with at most so many descriptors, and does `work` with the port. The
 * script is ended afterwards.
 */
export async function withPortOf(
  script: string,
  words: readonly string[],
  work: (port: number) => Promise<void>,
  mostDescriptors = 256,
): Promise<void> {
  const command = `ulimit -n ${mostDescriptors}; exec "$@"`;
  const node = [process.execPath, join(import.meta.dirname, script), ...words];
  const child = spawn('sh', ['-c', command, 'sh', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('close', resolve));
  try {
    for await (const line of createInterface(child.stdout)) {
      if (!/^\d+$/.test(line)) continue;
      await work(Number(line));
      return;
    }
    throw new Error(`${script} printed no port`);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}
