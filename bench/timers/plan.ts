import type { Extent } from '../group.js';

/** The numbers of this group. */
export interface Plan {
  readonly timers: number;
  readonly callbacks: number;
  /** Callbacks that are added at a time. */
  readonly batch: number;
}

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  const number = quick ? 100_000 : 1_000_000;
  return { timers: number, callbacks: number, batch: 1000 };
}
