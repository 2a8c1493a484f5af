import { goalTable, type Goal } from '../goals.js';
import type { Block, Table } from '../group.js';
import type { Measurements } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { formatCount, formatRatio, formatSpread, spreadOf } from '../samples.js';
import type { Figure } from './load.js';
import { settingOf, type Plan } from './plan.js';
import { NODE_NET, OURS, UVLOOP, type EchoServer } from './servers.js';

/** What the group was made of. */
export interface Setup {
  readonly plan: Plan;
  readonly servers: readonly EchoServer[];
  readonly pinning: Pinning;
  readonly rounds: number;
}

/** The chapter of the document. */
export function chapter(measurements: Measurements<Figure>, setup: Setup): Block[] {
  const { plan, pinning, rounds } = setup;
  const micros = (value: number): string => value.toFixed(1);
  const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
  const table = (figure: Figure, format: (value: number) => string): Table =>
    figureTable(measurements, setup, figure, format);
  return [
    {
      kind: 'paragraph',
      text:
        'On each connection 1 KiB goes to the server and back, again and again for ' +
        `${plan.measuredS} s, after ${plan.warmupS} s of warming up. ${pinning.description} ` +
        `A new process serves each measurement. ${describeRounds(rounds)}`,
    },
    {
      kind: 'paragraph',
      text:
        'One load generator for all compares every byte that comes back. It is written on the event loop of lwasync, without ' +
        'tasks and streams, as the cheapest there is here. Where both share a core, round trips per second are what server and ' +
        'generator cost together, so the differences between servers are larger than they look; CPU per round trip is that ' +
        'of the server alone.',
    },
    { kind: 'heading', text: 'Goals: round trips per second' },
    goalTable(measurements, goalsOf(plan)),
    { kind: 'heading', text: 'Round trips per second' },
    table('perSecond', formatCount),
    { kind: 'heading', text: 'CPU of the server per round trip, µs' },
    table('serverMicros', micros),
    { kind: 'heading', text: 'CPU of the server per round trip: lwasync / peer' },
    {
      kind: 'paragraph',
      text: `\`${OURS[0]}\` divided by the other. Below 1, it needs less.`,
    },
    ratioTable(measurements, setup),
    { kind: 'heading', text: 'How busy the server was' },
    table('busy', percent),
    { kind: 'heading', text: 'CPU of the load generator per round trip, µs' },
    table('loadMicros', micros),
    ...failureBlocks(measurements.failures()),
  ];
}

function goalsOf({ connections }: Plan): Goal<Figure>[] {
  return [NODE_NET, UVLOOP].flatMap((peer) =>
    OURS.flatMap((ours) =>
      connections.map((number): Goal<Figure> => {
        const setting = settingOf(number);
        const [upper, lower] = [
          { name: ours, setting },
          { name: peer, setting },
        ];
        return { upper, lower, figure: 'perSecond', kind: 'above', limit: 1 };
      }),
    ),
  );
}

function figureTable(
  measurements: Measurements<Figure>,
  { plan, servers }: Setup,
  figure: Figure,
  format: (value: number) => string,
): Table {
  const cell = (name: string, connections: number): string =>
    formatSpread(measurements.spread({ name, setting: settingOf(connections) }, figure), format);
  return {
    kind: 'table',
    columns: ['server', ...plan.connections.map(settingOf)],
    rows: servers.map(({ name }) =>
      [name].concat(plan.connections.map((connections) => cell(name, connections))),
    ),
  };
}

function ratioTable(measurements: Measurements<Figure>, { plan, servers }: Setup): Table {
  const cell = (name: string, connections: number): string => {
    const setting = settingOf(connections);
    const upper = { name: OURS[0], setting };
    const ratios = measurements.ratios(upper, { name, setting }, 'serverMicros');
    return formatSpread(spreadOf(ratios), formatRatio);
  };
  return {
    kind: 'table',
    columns: ['lwasync /', ...plan.connections.map(settingOf)],
    rows: servers
      .filter(({ name }) => name !== OURS[0])
      .map(({ name }) =>
        [name].concat(plan.connections.map((connections) => cell(name, connections))),
      ),
  };
}
