import type { Extent } from '../group.js';

/** The numbers of this group. */
export interface Plan {
  readonly connections: readonly number[];
  /** Those numbers of connections that goals are set for. */
  readonly withGoals: readonly number[];
  readonly warmupS: number;
  readonly measuredS: number;
  /** Calls of the whole command line, which takes a number and no time. */
  readonly commandCalls: number;
}

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  return quick
    ? { connections: [1, 50], withGoals: [50], warmupS: 0.2, measuredS: 1, commandCalls: 5000 }
    : {
        connections: [1, 50, 500],
        withGoals: [50, 500],
        warmupS: 1,
        measuredS: 3,
        commandCalls: 200_000,
      };
}

/** The setting of so many connections, in words. */
export function settingOf(connections: number): string {
  return `${connections} connection${connections === 1 ? '' : 's'}`;
}
