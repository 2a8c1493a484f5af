import { BARE_NODE } from '../bare-node.js';
import type { Table } from '../group.js';
import type { Measurements } from '../measurements.js';
import { formatRatio, formatSeconds, formatSpread, spreadOf } from '../samples.js';
import { CHECKED, DURABLE, DURABLE_CHECKED, OURS, PLAIN, type Contender } from './contenders.js';
import { subjectOf, type DownloadFigure } from './measure.js';
import type { Setting } from './plan.js';

type Downloads = Measurements<DownloadFigure>;

/** Time, CPU and memory of every contender in one setting. */
export function figureTable(
  measurements: Downloads,
  contenders: readonly Contender[],
  setting: Setting,
): Table {
  const perFile = setting.cpuPer === 'file';
  const unit = perFile ? 'ms per file' : 's per GB';
  const formatCpu = (seconds: number): string =>
    perFile ? (seconds * 1000).toFixed(3) : seconds.toFixed(2);
  const columns = [
    ['seconds', 'seconds', formatSeconds],
    ['with fsync', 'durableSeconds', formatSeconds],
    [`CPU, ${unit}`, 'cpu', formatCpu],
    ['with fsync', 'durableCpu', formatCpu],
    ['peak memory, MB', 'peakMB', formatMegabytes],
  ] as const;
  const row = (contender: Contender): string[] => {
    const subject = subjectOf(contender, setting);
    return columns.map(([, figure, format]) => {
      // One that calls fsync itself has nothing to show without it.
      if (contender.durable && (figure === 'seconds' || figure === 'cpu')) return '–';
      return formatSpread(measurements.spread(subject, figure), format);
    });
  };
  const bare = formatSpread(measurements.spread(BARE_NODE, 'peakMB'), formatMegabytes);
  return {
    kind: 'table',
    columns: ['program', ...columns.map(([heading]) => heading)],
    rows: [
      ...contenders.map((contender) => [contender.name, ...row(contender)]),
      [BARE_NODE.name, '–', '–', '–', '–', bare],
    ],
  };
}

/** Wall time of ours without and with fsync, divided by that of each peer, setting by setting. */
export function ratioTable(
  measurements: Downloads,
  contenders: readonly Contender[],
  settings: readonly Setting[],
): Table {
  const peers = contenders.filter((contender) => !OURS.includes(contender));
  const row = (setting: Setting, ours: Contender): string[] => {
    const figure = ours.durable ? 'durableSeconds' : 'seconds';
    const cells = peers.map((peer) => {
      // Not without what it always does.
      if (peer.durable && !ours.durable) return '–';
      const [upper, lower] = [subjectOf(ours, setting), subjectOf(peer, setting)];
      return formatSpread(spreadOf(measurements.ratios(upper, lower, figure)), formatRatio);
    });
    return [setting.name, ours.durable ? 'with' : 'without', ...cells];
  };
  return {
    kind: 'table',
    columns: ['setting', 'fsync', ...peers.map(({ name }) => name)],
    rows: settings.flatMap((setting) => [row(setting, PLAIN), row(setting, DURABLE)]),
  };
}

const ADDITIONS: readonly (readonly [what: string, upper: Contender, lower: Contender])[] = [
  ['fsync', DURABLE, PLAIN],
  ['sha256', CHECKED, PLAIN],
  ['sha256, with fsync', DURABLE_CHECKED, DURABLE],
  ['both', DURABLE_CHECKED, PLAIN],
];

/** What fsync and a checksum add to the wall time of ours. */
export function addedTable(measurements: Downloads, settings: readonly Setting[]): Table {
  return {
    kind: 'table',
    columns: ['setting', 'what', 'seconds more', 'factor'],
    rows: settings.flatMap((setting) =>
      ADDITIONS.map(([what, more, less]) => {
        const [upper, lower] = [subjectOf(more, setting), subjectOf(less, setting)];
        return [
          setting.name,
          what,
          formatSpread(spreadOf(measurements.differences(upper, lower, 'seconds')), formatSeconds),
          formatSpread(spreadOf(measurements.ratios(upper, lower, 'seconds')), formatRatio),
        ];
      }),
    ),
  };
}

/** Wall time of ours by its own clock, beside that of the whole process, without and with fsync. */
export function clockTable(measurements: Downloads, settings: readonly Setting[]): Table {
  return {
    kind: 'table',
    columns: ['setting', 'program', 'its own clock, s', 'whole process, s'],
    rows: settings.flatMap((setting) =>
      [PLAIN, DURABLE].map((contender) => {
        const subject = subjectOf(contender, setting);
        return [
          setting.name,
          contender.name,
          formatSpread(measurements.spread(subject, 'ownSeconds'), formatSeconds),
          formatSpread(measurements.spread(subject, 'seconds'), formatSeconds),
        ];
      }),
    ),
  };
}

/** Millions of bytes with one decimal: `41.3`. */
export function formatMegabytes(megabytes: number): string {
  return megabytes.toFixed(1);
}
