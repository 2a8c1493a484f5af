import type { Extent } from '../group.js';

/** The numbers of this group. */
export interface Plan {
  /** Calls that do nothing. */
  readonly recordings: number;
  /** Calls of a program beside which those of a longer run are held. */
  readonly few: number;
  /** Calls of the longer run on many connections. */
  readonly many: number;
  /** Calls of the longer run on one connection. */
  readonly manyOnOne: number;
}

/** Connections of all programs but those that have one. */
export const CONNECTIONS = 50;

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  return quick
    ? { recordings: 100_000, few: 1000, many: 20_000, manyOnOne: 5000 }
    : { recordings: 1_000_000, few: 1000, many: 1_000_000, manyOnOne: 100_000 };
}
