import type { Extent } from '../group.js';
import type { Peers } from '../peers.js';
import { autocannon } from './autocannon.js';
import type { Contender } from './contender.js';
import { hey } from './hey.js';
import { lwasync } from './lwasync.js';
import { pythonAiohttp, pythonAiohttpUnlimited, pythonRequests } from './python.js';

/** The numbers of one run of the main job. */
export interface Plan {
  /** Latency of the practice server. */
  readonly latencyMs: number;
  /** A number of calls that can be waited for one by one, and its double. */
  readonly few: readonly [number, number];
  /** Numbers of calls for those only that have them in flight together. */
  readonly many: readonly [number, number];
  /** How long wrk goes on. */
  readonly wrkSeconds: number;
}

/** What a run of the main job was made of. */
export interface Setup {
  readonly plan: Plan;
  readonly contenders: readonly Contender[];
  readonly peers: Peers;
  readonly rounds: number;
}

/** One tool in one setting, and a number of calls. */
export interface Job {
  readonly contender: Contender;
  readonly number: number;
}

/** The numbers that the document is made of, or small ones. */
export function planFor({ quick }: Extent): Plan {
  return quick
    ? { latencyMs: 50, few: [5, 10], many: [50, 100], wrkSeconds: 1 }
    : { latencyMs: 200, few: [10, 20], many: [1000, 5000], wrkSeconds: 5 };
}

/** lwasync and every peer that is installed, in the order in which they stand in a table. */
export function contendersFor(peers: Peers): Contender[] {
  const { python } = peers;
  return [
    lwasync('sync'),
    ...(python === undefined ? [] : [pythonRequests(python)]),
    lwasync('async'),
    ...(python === undefined ? [] : [pythonAiohttp(python), pythonAiohttpUnlimited(python)]),
    ...(peers.hey === undefined ? [] : [hey(peers.hey)]),
    ...(peers.autocannon === undefined ? [] : [autocannon(peers.autocannon)]),
  ];
}

/** What is measured in one round, number by number, so that those who are compared follow one another. */
export function jobsFor(contenders: readonly Contender[], plan: Plan): Job[] {
  const few = plan.few.flatMap((number) => contenders.map((contender) => ({ contender, number })));
  const together = contenders.filter(({ manner }) => manner === 'asynchronous');
  const many = plan.many.flatMap((number) => together.map((contender) => ({ contender, number })));
  return [...few, ...many];
}
