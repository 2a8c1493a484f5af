import { goalTable, type Goal } from '../goals.js';
import type { Block, Table } from '../group.js';
import type { Measurements } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { formatCount, formatRatio, formatSeconds, formatSpread, spreadOf } from '../samples.js';
import { CLIENTS, type Figure } from './client.js';
import type { Plan } from './plan.js';

/** What the group was made of. */
export interface Setup {
  readonly plan: Plan;
  readonly pinning: Pinning;
  readonly setting: string;
  readonly rounds: number;
}

const OURS = ['lwasync loop.run', 'lwasync loop.host'] as const;
const PEER = 'undici';
const MOST_OF_PEER = 0.5;

const COLUMNS: readonly (readonly [heading: string, figure: Figure])[] = [
  ['first batch, s', 'coldS'],
  ['connecting in it, s', 'connectingS'],
  ['warm, s', 'warmS'],
  ['warm, CPU s', 'warmCpuS'],
  ["warm, server's CPU s", 'serverCpuS'],
];

/** The chapter of the document. */
export function chapter(measurements: Measurements<Figure>, setup: Setup): Block[] {
  const { plan, pinning, setting, rounds } = setup;
  const { number, wanted, latencyMs, warmBatches } = plan;
  const fewer =
    number === wanted
      ? ''
      : ` ${formatCount(wanted)} were wanted; the limit on open files (\`ulimit -n\`) allows no more.`;
  return [
    {
      kind: 'paragraph',
      text:
        `${formatCount(number)} calls in flight together, each on a connection of its own, to a server that answers ` +
        `${latencyMs} ms after the request.${fewer} The server is a small one on the event loop of lwasync, without ` +
        'tasks and streams, since it bounds the clients least; its CPU is shown for that. Every answer is decoded as ' +
        `JSON. ${pinning.description} ${describeRounds(rounds)}`,
    },
    {
      kind: 'paragraph',
      text:
        'The first batch sets the connections up. *Warm* is the median of the ' +
        `${warmBatches} batches after it, on the same connections. lwasync sets up at most 256 at a time; ` +
        'undici, with a `Client` for each connection, sets all up at once and does not tell how long it took.',
    },
    { kind: 'heading', text: 'Goal: seconds of a warm batch' },
    goalTable(
      measurements,
      OURS.map((name) => goalOf(name, setting)),
    ),
    { kind: 'heading', text: 'Seconds of a batch' },
    secondsTable(measurements, setup),
    { kind: 'heading', text: 'lwasync / undici' },
    ratioTable(measurements, setting),
    ...failureBlocks(measurements.failures()),
  ];
}

function goalOf(name: string, setting: string): Goal<Figure> {
  const [upper, lower] = [
    { name, setting },
    { name: PEER, setting },
  ];
  return { upper, lower, figure: 'warmS', kind: 'at most', limit: MOST_OF_PEER };
}

function secondsTable(
  measurements: Measurements<Figure>,
  { plan: { latencyMs }, setting }: Setup,
): Table {
  const latency = formatSeconds(latencyMs / 1000);
  return {
    kind: 'table',
    columns: ['client', ...COLUMNS.map(([heading]) => heading)],
    rows: [
      ['latency alone', latency, '', latency, '', ''],
      ...CLIENTS.map(({ name }) =>
        [name].concat(
          COLUMNS.map(([, figure]) =>
            formatSpread(measurements.spread({ name, setting }, figure), formatSeconds),
          ),
        ),
      ),
    ],
  };
}

function ratioTable(measurements: Measurements<Figure>, setting: string): Table {
  const lower = { name: PEER, setting };
  const figures = ['coldS', 'warmS', 'warmCpuS'] as const;
  return {
    kind: 'table',
    columns: ['client', 'first batch', 'warm', 'warm, CPU'],
    rows: CLIENTS.filter(({ name }) => name !== PEER).map(({ name }) =>
      [`${name} / ${PEER}`].concat(
        figures.map((figure) => {
          const ratios = measurements.ratios({ name, setting }, lower, figure);
          return formatSpread(spreadOf(ratios), formatRatio);
        }),
      ),
    ),
  };
}
