import { readFileSync } from 'node:fs';
import type { Extent } from '../group.js';

/** The numbers of this group. */
export interface Plan {
  /** Calls in flight together, each on a connection of its own. */
  readonly number: number;
  /** How many were wanted; the limit on open files can allow fewer. */
  readonly wanted: number;
  readonly latencyMs: number;
  /** Batches on the connections of the first one. */
  readonly warmBatches: number;
}

// For what else a process has open: libraries, pipes, the selector.
const OTHER_FILES = 200;

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  const wanted = quick ? 500 : 10_000;
  const number = Math.min(wanted, openFilesLimit() - OTHER_FILES);
  return { number, wanted, latencyMs: 200, warmBatches: 3 };
}

// Node raises the limit of its own process to the highest that is allowed, and each child does so too.
function openFilesLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const most = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return most === undefined ? Infinity : Number(most);
}
