import type { Extent } from '../group.js';

/** The numbers of this group. */
export interface Plan {
  readonly connections: readonly number[];
  readonly warmupS: number;
  readonly measuredS: number;
}

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  return quick
    ? { connections: [1, 64], warmupS: 0.2, measuredS: 0.3 }
    : { connections: [1, 64, 512], warmupS: 1, measuredS: 3 };
}

/** The setting of so many connections, in words. */
export function settingOf(connections: number): string {
  return `${connections} connection${connections === 1 ? '' : 's'}`;
}
