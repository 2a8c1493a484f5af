import type { Block } from '../group.js';
import { failureItems } from './failures.js';
import type { Setup } from './plan.js';
import { readingOf } from './reading.js';
import type { Results } from './results.js';
import { doublingTable, gainTable, peerTable, secondsTable, wrkTable } from './tables.js';

/** The chapter of the document: what was measured, the tables, and what can be read from them. */
export function chapter(results: Results, setup: Setup): Block[] {
  const { plan, rounds, peers } = setup;
  const failures = failureItems(results, setup);
  return [
    {
      kind: 'paragraph',
      text:
        `One practice server, in a process of its own, answers every call after ${plan.latencyMs} ms with a short JSON ` +
        `document. ${rounds === 1 ? 'One round was made' : `${rounds} rounds were made`}; in each, every tool makes ` +
        'every number of calls once, in turn. The figures are seconds: the median of the rounds and, in brackets, the ' +
        'shortest and the longest. *Cold* is with the connections still to be set up, *warm* with those of a run ' +
        'before. Starting a program is never part of its time.',
    },
    { kind: 'heading', text: 'Seconds for N calls' },
    secondsTable(results, setup),
    {
      kind: 'paragraph',
      text:
        'The lines of latency are not measured: they are what the waiting alone costs, and nobody can be faster. A dash is ' +
        'what a tool was not asked to do.',
    },
    ...(failures.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Failed calls' } as const,
          { kind: 'paragraph', text: 'A round with a failed call counts in no median.' } as const,
          { kind: 'list', items: failures } as const,
        ]),
    { kind: 'heading', text: 'What having them in flight together gains' },
    {
      kind: 'paragraph',
      text: 'Seconds one after another divided by seconds in flight together. Latency alone would make it N.',
    },
    gainTable(results, setup),
    { kind: 'heading', text: 'What twice the calls cost' },
    {
      kind: 'paragraph',
      text: `Seconds for ${plan.few[1]} calls divided by seconds for ${plan.few[0]}.`,
    },
    doublingTable(results, setup),
    { kind: 'heading', text: 'lwasync async beside its peers' },
    {
      kind: 'paragraph',
      text:
        "The peer's seconds divided by those of `lwasync async` in the same round: above 1 the peer took longer, below 1 " +
        'lwasync did.',
    },
    peerTable(results, setup),
    ...(peers.wrk === undefined
      ? []
      : [
          { kind: 'heading', text: 'Calls per second beside wrk' } as const,
          {
            kind: 'paragraph',
            text:
              `wrk is not asked for a number of calls: on N connections it makes call after call for ${plan.wrkSeconds} s ` +
              'and tells how many it completed a second. The other column is N divided by the seconds of ' +
              '`lwasync async`, warm: one call on each of N connections. So the two are not the same work, and wrk ' +
              'does not decode the answers.',
          } as const,
          wrkTable(results, setup),
        ]),
    { kind: 'heading', text: 'What can be read from this' },
    { kind: 'list', items: readingOf(results, setup) },
  ];
}
