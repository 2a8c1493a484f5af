import { goalTable, type Goal } from '../goals.js';
import type { Block, Table } from '../group.js';
import type { Measurements } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { formatCount, formatRatio, formatSpread, spreadOf } from '../samples.js';
import type { Contender, Figure } from './contender.js';
import { AUTOCANNON, JSON_SUFFIX, OURS, OURS_JSON, WRK } from './contenders.js';
import { settingOf, type Plan } from './plan.js';

/** What the group was made of. */
export interface Setup {
  readonly plan: Plan;
  readonly contenders: readonly Contender[];
  readonly pinning: Pinning;
  readonly rounds: number;
}

/** The chapter of the document. */
export function chapter(measurements: Measurements<Figure>, setup: Setup): Block[] {
  const { plan, pinning, rounds } = setup;
  return [
    {
      kind: 'paragraph',
      text:
        'nginx, one process, answers every request at once with 47 bytes of JSON, on connections that are kept open; each ' +
        `connection makes one request after another for ${plan.measuredS} s. ${pinning.description} CPU is user and ` +
        'system time of the whole client process, all its threads. ' +
        describeRounds(rounds),
    },
    {
      kind: 'list',
      items: [
        'A name with *JSON* decodes every answer; all others only read it to its end.',
        `wrk (one thread), hey (one core) and \`lwasync async --on loop\` (${formatCount(plan.commandCalls)} calls) are ` +
          'measured from their start to their end. The others are measured in their steady part, after ' +
          `${plan.warmupS} s, so that starting an interpreter counts for nobody.`,
        'wrk and autocannon send only a Host header, or hardly more; lwasync and aiohttp say in addition what they ' +
          'accept and who they are.',
      ],
    },
    { kind: 'heading', text: 'Goals: CPU per request' },
    goalTable(measurements, goalsOf(plan)),
    { kind: 'heading', text: 'CPU per request, µs' },
    figureTable(measurements, setup, 'cpuMicros', (micros) => micros.toFixed(1)),
    { kind: 'heading', text: 'CPU per request: lwasync / peer' },
    {
      kind: 'paragraph',
      text: `\`${OURS[0]}\` divided by the peer, with JSON on both sides or on neither. Below 1, lwasync needs less.`,
    },
    ratioTable(measurements, setup),
    { kind: 'heading', text: 'Requests per second' },
    {
      kind: 'paragraph',
      text: 'Client and nginx share a core, so this is what both cost together; nginx is the same for all.',
    },
    figureTable(measurements, setup, 'perSecond', formatCount),
    ...failureBlocks(measurements.failures()),
  ];
}

function goalsOf({ withGoals }: Plan): Goal<Figure>[] {
  const limits = [
    [WRK, 1],
    [AUTOCANNON, 0.33],
  ] as const;
  return limits.flatMap(([peer, limit]) =>
    OURS.flatMap((ours) =>
      withGoals.map((connections): Goal<Figure> => {
        const setting = settingOf(connections);
        const [upper, lower] = [
          { name: ours, setting },
          { name: peer, setting },
        ];
        return { upper, lower, figure: 'cpuMicros', kind: 'at most', limit };
      }),
    ),
  );
}

function figureTable(
  measurements: Measurements<Figure>,
  { plan, contenders }: Setup,
  figure: Figure,
  format: (value: number) => string,
): Table {
  return {
    kind: 'table',
    columns: ['client', ...plan.connections.map(settingOf)],
    rows: contenders.map(({ name }) => [
      name,
      ...plan.connections.map((connections) =>
        formatSpread(
          measurements.spread({ name, setting: settingOf(connections) }, figure),
          format,
        ),
      ),
    ]),
  };
}

function ratioTable(measurements: Measurements<Figure>, { plan, contenders }: Setup): Table {
  const peers = contenders.filter(({ name }) => name !== OURS[0] && name !== OURS_JSON);
  const cell = (name: string, connections: number): string => {
    const setting = settingOf(connections);
    const upper = { name: name.endsWith(JSON_SUFFIX) ? OURS_JSON : OURS[0], setting };
    return formatSpread(
      spreadOf(measurements.ratios(upper, { name, setting }, 'cpuMicros')),
      formatRatio,
    );
  };
  return {
    kind: 'table',
    columns: ['lwasync /', ...plan.connections.map(settingOf)],
    rows: peers.map(({ name }) =>
      [name].concat(plan.connections.map((number) => cell(name, number))),
    ),
  };
}
