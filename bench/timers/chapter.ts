import type { Block, Table } from '../group.js';
import type { Measurements, Subject } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { formatCount, formatRatio, formatSpread, spreadOf, type Spread } from '../samples.js';
import { OURS, type Figure } from './contenders.js';
import type { Plan } from './plan.js';

/** What the group was made of. */
export interface Setup {
  readonly plan: Plan;
  /** A name, and how many timers and how many callbacks. */
  readonly subjects: readonly Subject[];
  readonly pinning: Pinning;
  readonly rounds: number;
}

const COLUMNS: readonly (readonly [heading: string, figure: Figure])[] = [
  ['add a timer', 'addNs'],
  ['fire a timer', 'fireNs'],
  ['callback in a chain', 'chainNs'],
  ['callback in a batch', 'batchNs'],
];

/** The chapter of the document. */
export function chapter(measurements: Measurements<Figure>, setup: Setup): Block[] {
  const { plan, subjects, pinning, rounds } = setup;
  const ours = subjects.find(({ name }) => name === OURS);
  const others = subjects.filter(({ name }) => name !== OURS);
  const ratio = (subject: Subject, figure: Figure): Spread | undefined =>
    ours === undefined ? undefined : spreadOf(measurements.ratios(ours, subject, figure));
  return [
    {
      kind: 'paragraph',
      text:
        'Timers with random delays of 1 to 1,000 ms, in whole milliseconds, are added and, when all are due, fired, so that no ' +
        'time is spent waiting. In a *chain* each callback adds the next, so with most of these each costs a turn of ' +
        `the loop; in a *batch* ${formatCount(plan.batch)} are added at a time. The same process has done all of it on a ` +
        `smaller scale before, except for Python. ${pinning.description} ${describeRounds(rounds)}`,
    },
    {
      kind: 'list',
      items: [
        "Node's `setTimeout` keeps a list for each delay in whole milliseconds, where adding and firing cost the same however " +
          'many there are; the others keep a heap, which costs more the more there are.',
        'asyncio and uvloop are given a tenth of the timers and callbacks, which favours them with timers.',
        '`process.nextTick` and `queueMicrotask` take no turn of a loop: nothing else has its turn before the chain is over.',
      ],
    },
    { kind: 'heading', text: 'Nanoseconds each' },
    table('how many', subjects, (subject, figure) =>
      formatSpread(measurements.spread(subject, figure), formatCount),
    ),
    { kind: 'heading', text: 'lwasync / peer' },
    { kind: 'paragraph', text: `\`${OURS}\` divided by the other. Below 1, it needs less.` },
    table('how many of the other', others, (subject, figure) =>
      formatSpread(ratio(subject, figure), formatRatio),
    ),
    ...failureBlocks(measurements.failures()),
  ];
}

function table(
  number: string,
  subjects: readonly Subject[],
  cell: (subject: Subject, figure: Figure) => string,
): Table {
  return {
    kind: 'table',
    columns: ['', number, ...COLUMNS.map(([heading]) => heading)],
    rows: subjects.map((subject) =>
      [subject.name, subject.setting].concat(COLUMNS.map(([, figure]) => cell(subject, figure))),
    ),
  };
}
