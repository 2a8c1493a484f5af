import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadEvent, DownloadRun } from '../../src/core/download.js';
import type { DownloadItem, DownloadOptions } from '../../src/download/download-options.js';

const PROGRAM: string = join(import.meta.dirname, 'download-child.mjs');

/** A batch that is downloaded in a process of its own. */
export interface DownloadChild {
  readonly pid: number;
  /** What happened so far. */
  readonly events: readonly DownloadEvent[];
  /** Resolves to the first event of a kind, come or to come, or to `undefined` when the process ends without one. */
  first(isIt: (event: DownloadEvent) => boolean): Promise<DownloadEvent | undefined>;
  /** Resolves to what became of the batch; `undefined` when the process was killed. */
  readonly ended: Promise<DownloadRun | undefined>;
  /** Kills the process as `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts one. */
export function startDownloadChild(
  items: readonly DownloadItem[],
  options: DownloadOptions,
): DownloadChild {
  const words = [PROGRAM, JSON.stringify({ items, options })];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const events: DownloadEvent[] = [];
  let looks: (() => void)[] = [];
  const lookAgain = (): void => {
    for (const look of looks) look();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(...eventsIn(line));
    lookAgain();
  });
  let isOver = false;
  const gone = once(child, 'close').then(() => {
    isOver = true;
    lookAgain();
  });
  return {
    pid: child.pid ?? 0,
    events,
    first: (isIt) =>
      new Promise((resolve) => {
        const look = (): void => {
          const event = events.find(isIt);
          if (event === undefined && !isOver) return;
          looks = looks.filter((one) => one !== look);
          resolve(event);
        };
        looks.push(look);
        look();
      }),
    ended: gone.then(() => {
      const last = events.at(-1);
      return last?.kind === 'ended' ? last.run : undefined;
    }),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The event of a line; none where the process was killed within it. */
function eventsIn(line: string): DownloadEvent[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
