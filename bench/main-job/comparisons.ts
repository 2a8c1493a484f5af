import type { State } from './contender.js';
import type { Setup } from './plan.js';

/** The peer that has at most 100 calls in flight. */
export const LIMITED = 'aiohttp (limit 100)';

/** The tool that the peers are measured against. */
export const OURS = 'lwasync async';

/** Two tools that do the same work one after another and in flight together. */
const PAIRS: readonly (readonly [synchronous: string, asynchronous: string])[] = [
  ['lwasync sync', OURS],
  ['requests', LIMITED],
];

/** A row of a table that compares two cases for several numbers of calls. */
export interface Comparison {
  readonly upper: string;
  readonly lower: string;
  readonly state: State;
}

/** One after another against in flight together, for each pair of tools that was measured. */
export function gainComparisons({ contenders }: Setup): Comparison[] {
  const names = new Set(contenders.map(({ name }) => name));
  const states: readonly State[] = ['cold', 'warm'];
  return PAIRS.filter((pair) => pair.every((name) => names.has(name))).flatMap(([upper, lower]) =>
    states.map((state) => ({ upper, lower, state })),
  );
}

/** Each asynchronous peer against ours, in the states that the peer knows. */
export function peerComparisons({ contenders }: Setup): Comparison[] {
  const peers = contenders.filter(({ name, manner }) => manner === 'asynchronous' && name !== OURS);
  return peers.flatMap(({ name, states }) =>
    states.map((state) => ({ upper: name, lower: OURS, state })),
  );
}
