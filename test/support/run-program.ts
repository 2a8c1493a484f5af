import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const DIST: string = join(import.meta.dirname, '..', '..', 'dist');

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The signal that a program is sent when it has printed something. */
export interface SignalOn {
  readonly text: string;
  readonly signal: NodeJS.Signals;
}

/** Runs an ES module in a process of its own; `lib` in it is the event loop's `index.js` of the folder `dist`, `libUrl` where that is. */
export function runProgram(source: string, when?: SignalOn, dist: string = DIST): Promise<Ended> {
  const index = pathToFileURL(join(dist, 'loop', 'index.js')).href;
  const url = JSON.stringify(index);
  const module = `import * as lib from ${url};\nconst libUrl = ${url};\n${source}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', module], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (when === undefined || child.killed || !stdout.includes(when.text)) return;
    child.kill(when.signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
