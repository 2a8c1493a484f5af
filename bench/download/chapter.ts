import { BARE_NODE } from '../bare-node.js';
import { goalTable, limitTable } from '../goals.js';
import type { Block } from '../group.js';
import type { Measurements } from '../measurements.js';
import { UNPINNED } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { CURL_PARALLEL, OURS, PLAIN, type Contender } from './contenders.js';
import { subjectOf, type DownloadFigure } from './measure.js';
import { CONCURRENCY, settingsOf, type Plan, type Setting } from './plan.js';
import { addedTable, clockTable, figureTable, formatMegabytes, ratioTable } from './tables.js';

const MOST_MB_OVER_NODE = 30;
const MOST_MB_OVER_SHORT = 10;

/** Where the files were, and how often it was measured. */
export interface Circumstances {
  readonly place: string;
  readonly rounds: number;
}

/** The chapter: how it was measured, goals, and the figures of each setting. */
export function chapterOf(
  measurements: Measurements<DownloadFigure>,
  contenders: readonly Contender[],
  plan: Plan,
  circumstances: Circumstances,
): Block[] {
  return [
    ...introduction(circumstances),
    ...goalBlocks(measurements, plan),
    ...settingsOf(plan).flatMap((setting) => settingBlocks(measurements, contenders, setting)),
    ...comparisonBlocks(measurements, contenders, plan),
    ...failureBlocks(measurements.failures()),
  ];
}

function introduction({ place, rounds }: Circumstances): Block[] {
  return [
    {
      kind: 'paragraph',
      text:
        `One process of nginx serves files of random bytes over loopback; ${place} ${UNPINNED.description} ${CONCURRENCY} files are ` +
        'in flight at once, but one with `curl` and `wget`. Each run is a new process, and its figures are of all of it, from ' +
        `before it starts until it has ended. ${describeRounds(rounds)}`,
    },
    {
      kind: 'paragraph',
      text:
        'Without more, a file is in the page cache when a program ends, and a loss of power takes it. *fsync* is until it is on the disk: ' +
        '`lwasync download` sees to that itself, file by file, unless told `--no-fsync`, and `aria2c` always does; the others do not, ' +
        'so `sync` is run on their files and their folder right afterwards, and its time and CPU are added. After every run the names and sizes of ' +
        'all files are looked at, after the first of each program all bytes.',
    },
  ];
}

function goalBlocks(measurements: Measurements<DownloadFigure>, plan: Plan): Block[] {
  const { large, small, single, long } = plan;
  const curl = { name: CURL_PARALLEL, setting: large.name };
  const overNode = [large, small, long].flatMap((setting) =>
    OURS.map((contender) => ({
      subject: subjectOf(contender, setting),
      over: BARE_NODE,
      figure: 'peakMB' as const,
      limit: MOST_MB_OVER_NODE,
    })),
  );
  const overShort = OURS.map((contender) => ({
    subject: subjectOf(contender, long),
    over: subjectOf(contender, single),
    figure: 'peakMB' as const,
    limit: MOST_MB_OVER_SHORT,
  }));
  return [
    { kind: 'heading', text: 'Goals: wall time and memory' },
    goalTable(measurements, [
      {
        upper: subjectOf(PLAIN, large),
        lower: curl,
        figure: 'seconds',
        kind: 'at most',
        limit: 1,
      },
    ]),
    {
      kind: 'paragraph',
      text: 'Peak of resident memory, by how much it is above another one of the same round; MB are millions of bytes.',
    },
    limitTable(measurements, [...overNode, ...overShort], (megabytes) => {
      return `${formatMegabytes(megabytes)} MB`;
    }),
  ];
}

function settingBlocks(
  measurements: Measurements<DownloadFigure>,
  contenders: readonly Contender[],
  setting: Setting,
): Block[] {
  return [
    { kind: 'heading', text: capitalised(setting.name) },
    figureTable(measurements, contenders, setting),
  ];
}

function comparisonBlocks(
  measurements: Measurements<DownloadFigure>,
  contenders: readonly Contender[],
  plan: Plan,
): Block[] {
  const settings = settingsOf(plan);
  return [
    { kind: 'heading', text: 'Wall time: lwasync / peer' },
    ratioTable(measurements, contenders, settings),
    { kind: 'heading', text: 'What fsync and a checksum add' },
    {
      kind: 'paragraph',
      text: 'Seconds of the whole program with it less those without it, and by what factor they are more.',
    },
    addedTable(measurements, settings),
    { kind: 'heading', text: 'Starting and ending' },
    {
      kind: 'paragraph',
      text:
        '`lwasync download` by its own clock, which begins with the batch. The rest is starting and ending: Node and the modules ' +
        'that it loads.',
    },
    clockTable(measurements, settings),
  ];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
