import type { Table } from '../group.js';
import { formatCount, formatRatio, formatSeconds, formatSpread } from '../samples.js';
import { gainComparisons, LIMITED, OURS, peerComparisons, type Comparison } from './comparisons.js';
import type { Contender, State } from './contender.js';
import type { Setup } from './plan.js';
import type { Case, Results } from './results.js';

/** Seconds of every tool for every number of calls. */
export function secondsTable(results: Results, { plan, contenders }: Setup): Table {
  const numbers = [...plan.few, ...plan.many];
  const latencyS = plan.latencyMs / 1000;
  const cell = (which: Case): string => {
    const tally = results.tally(which);
    if (tally === undefined) return '–';
    return tally.clean === 0 ? 'failed' : formatSpread(results.seconds(which), formatSeconds);
  };
  return {
    kind: 'table',
    columns: ['tool', 'connections', ...numbers.map((number) => `N = ${formatCount(number)}`)],
    rows: [
      ['latency, one by one', '', ...numbers.map((number) => formatSeconds(number * latencyS))],
      ...(contenders.some(({ name }) => name === LIMITED)
        ? [
            [
              'latency, 100 at a time',
              '',
              ...numbers.map((number) => formatSeconds(Math.ceil(number / 100) * latencyS)),
            ],
          ]
        : []),
      ['latency, all together', '', ...numbers.map(() => formatSeconds(latencyS))],
      ...rowsOf(contenders, (name, state) => [
        name,
        state,
        ...numbers.map((number) => cell({ name, number, state })),
      ]),
    ],
  };
}

/** How many times as fast in flight together is. */
export function gainTable(results: Results, setup: Setup): Table {
  return comparisonTable(results, gainComparisons(setup), setup.plan.few);
}

/** How many times as long as ours the peers take. */
export function peerTable(results: Results, setup: Setup): Table {
  return comparisonTable(results, peerComparisons(setup), setup.plan.many);
}

/** How many times as long twice the calls take. */
export function doublingTable(results: Results, { plan, contenders }: Setup): Table {
  const [half, all] = plan.few;
  return {
    kind: 'table',
    columns: ['tool', 'connections', `N = ${all} / N = ${half}`],
    rows: rowsOf(contenders, (name, state) => {
      const ratio = results.ratio({ name, number: all, state }, { name, number: half, state });
      return [name, state, formatSpread(ratio, formatRatio)];
    }),
  };
}

/** wrk's calls per second beside those of ours. */
export function wrkTable(results: Results, { plan }: Setup): Table {
  return {
    kind: 'table',
    columns: ['connections', 'wrk, for a while', 'lwasync async, N calls, warm'],
    rows: plan.many.map((number) => {
      const ours = results.callsPerSecond({ name: OURS, number, state: 'warm' });
      return [
        formatCount(number),
        formatSpread(results.rate(number), formatCount),
        formatSpread(ours, formatCount),
      ];
    }),
  };
}

function comparisonTable(
  results: Results,
  comparisons: readonly Comparison[],
  numbers: readonly number[],
): Table {
  return {
    kind: 'table',
    columns: ['ratio', 'connections', ...numbers.map((number) => `N = ${formatCount(number)}`)],
    rows: comparisons.map(({ upper, lower, state }) => [
      `${upper} / ${lower}`,
      state,
      ...numbers.map((number) =>
        formatSpread(
          results.ratio({ name: upper, number, state }, { name: lower, number, state }),
          formatRatio,
        ),
      ),
    ]),
  };
}

function rowsOf(
  contenders: readonly Contender[],
  row: (name: string, state: State) => string[],
): string[][] {
  return contenders.flatMap(({ name, states }) => states.map((state) => row(name, state)));
}
