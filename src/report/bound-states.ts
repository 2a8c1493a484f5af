import type { Boundness } from '../statistics/boundness.js';

/** What a thread did, and how much of the time. */
export interface StateShare {
  readonly name: 'computing' | 'blocked' | 'waiting' | 'waiting or blocked';
  readonly share: number;
  /** What that means for other work; `''` where there is nothing to add. */
  readonly meaning: string;
}

/** The states of a run and whose they are: of the main thread where that is known, else of all of it. */
export interface BoundStateShares {
  readonly of: 'main thread' | undefined;
  readonly states: readonly StateShare[];
}

/** How the time is shared between the states. */
export function stateShares(bound: Boundness): BoundStateShares {
  const { cpuShare, computingShare, blockedShare, waitingShare } = bound;
  if (computingShare === undefined || blockedShare === undefined || waitingShare === undefined) {
    return {
      of: undefined,
      states: [
        { name: 'computing', share: cpuShare, meaning: '' },
        { name: 'waiting or blocked', share: 1 - cpuShare, meaning: '' },
      ],
    };
  }
  return {
    of: 'main thread',
    states: [
      { name: 'computing', share: computingShare, meaning: 'the CPU worked for it' },
      { name: 'blocked', share: blockedShare, meaning: 'held, without computing' },
      { name: 'waiting', share: waitingShare, meaning: 'free for other work' },
    ],
  };
}
