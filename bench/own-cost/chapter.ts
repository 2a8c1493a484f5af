import { BARE_NODE } from '../bare-node.js';
import { limitTable } from '../goals.js';
import type { Block, Table } from '../group.js';
import type { Measurements, Subject } from '../measurements.js';
import type { Pinning } from '../pinning.js';
import { describeRounds, failureBlocks } from '../rounds.js';
import { formatCount, formatRatio, formatSpread, spreadOf } from '../samples.js';
import type { CallsFigure, Contender } from './calls.js';
import type { Plan } from './plan.js';
import { OURS, OURS_ON_ONE } from './programs.js';
import { RECORDINGS, type RecordingFigure } from './recording.js';

const MOST_NS = 1000;
const MOST_MB = 100;
const OUR_NAMES = new Set([...OURS, OURS_ON_ONE].map(({ name }) => name));

/** How it was measured. */
export function introduction(pinning: Pinning, rounds: number): Block[] {
  return [{ kind: 'paragraph', text: `${pinning.description} ${describeRounds(rounds)}` }];
}

/** What recording a call costs. */
export function recordingBlocks(
  measurements: Measurements<RecordingFigure>,
  { recordings }: Plan,
): Block[] {
  return [
    { kind: 'heading', text: 'Recording: nanoseconds a call' },
    {
      kind: 'paragraph',
      text:
        `${formatCount(recordings)} calls that do nothing are made in a loop, *blocking* one after another, *awaiting* with 50 ` +
        'in flight. The figure is what the loop takes longer with the recorder than without it, each in a process of its ' +
        'own, after twice as many calls to warm up.',
    },
    limitTable(
      measurements,
      RECORDINGS.map(({ subject }) => ({ subject, figure: 'addedNs', limit: MOST_NS })),
      (nanoseconds) => `${formatCount(nanoseconds)} ns`,
    ),
    ...failureBlocks(measurements.failures()),
  ];
}

/** What whole programs take for few calls and for many. */
export function callsBlocks(
  measurements: Measurements<CallsFigure>,
  contenders: readonly Contender[],
  plan: Plan,
): Block[] {
  const ours = contenders.filter(
    ({ program, connections }) => OURS.includes(program) && connections > 1,
  );
  return [
    { kind: 'heading', text: 'Goals: memory for many calls' },
    {
      kind: 'paragraph',
      text:
        'nginx, one process, answers every request at once with 47 bytes of JSON, on connections that are kept open. Every ' +
        `program runs twice, with ${formatCount(plan.few)} calls and with ${formatCount(plan.many)} (on one connection ` +
        `${formatCount(plan.manyOnOne)}); those that take a duration and no number call for 2 s and then for as many seconds ` +
        'as so many calls take at that rate. The figure is by how much the peak of resident memory was higher with many. MB ' +
        'are millions of bytes.',
    },
    limitTable(
      measurements,
      ours.map(({ subject }) => ({ subject, figure: 'moreMB', limit: MOST_MB })),
      (megabytes) => `${formatMegabytes(megabytes)} MB`,
    ),
    { kind: 'heading', text: 'Peak memory, MB' },
    {
      kind: 'paragraph',
      text:
        'lwasync keeps the times of each call (`--duration`: histograms); hey keeps the times of the first million; ' +
        'autocannon and wrk keep histograms.',
    },
    memoryTable(measurements, contenders),
    { kind: 'heading', text: 'CPU per call, and calls per second' },
    {
      kind: 'paragraph',
      text:
        'The longer of the two runs, whole programs: CPU is user and system time of the process from its start to its end, the ' +
        "rate is by the program's own clock, which begins with its first call. Program and nginx share a core, so the rate is " +
        'what both cost together. *CPU per request*, above, has such tools in their steady part.',
    },
    speedTable(measurements, contenders),
    { kind: 'heading', text: 'CPU per call: lwasync / peer' },
    ratioTable(measurements, contenders),
    ...failureBlocks(measurements.failures()),
  ];
}

function memoryTable(
  measurements: Measurements<CallsFigure>,
  contenders: readonly Contender[],
): Table {
  const columns = [
    ['few calls', 'fewCalls', formatCount],
    ['their peak', 'fewMB', formatMegabytes],
    ['many calls', 'manyCalls', formatCount],
    ['their peak', 'manyMB', formatMegabytes],
    ['more', 'moreMB', formatMegabytes],
  ] as const;
  const subjects = [BARE_NODE, ...contenders.map(({ subject }) => subject)];
  return figureTable(measurements, subjects, columns);
}

function speedTable(
  measurements: Measurements<CallsFigure>,
  contenders: readonly Contender[],
): Table {
  const columns = [
    ['calls', 'manyCalls', formatCount],
    ['CPU per call, µs', 'cpuMicros', (micros: number) => micros.toFixed(1)],
    ['calls per second', 'perSecond', formatCount],
  ] as const;
  const subjects = contenders.map(({ subject }) => subject);
  return figureTable(measurements, subjects, columns);
}

type Column = readonly [heading: string, figure: CallsFigure, format: (value: number) => string];

function figureTable(
  measurements: Measurements<CallsFigure>,
  subjects: readonly Subject[],
  columns: readonly Column[],
): Table {
  return {
    kind: 'table',
    columns: ['program', 'setting', ...columns.map(([heading]) => heading)],
    rows: subjects.map((subject) => [
      subject.name,
      subject.setting,
      ...columns.map(([, figure, format]) =>
        formatSpread(measurements.spread(subject, figure), format),
      ),
    ]),
  };
}

function ratioTable(
  measurements: Measurements<CallsFigure>,
  contenders: readonly Contender[],
): Table {
  const subjects = contenders.map(({ subject }) => subject);
  const peers = subjects.filter(({ name }) => !OUR_NAMES.has(name));
  const names = [...new Set(peers.map(({ name }) => name))];
  const cell = (ours: Subject, name: string): string => {
    const ratios = measurements.ratios(ours, { name, setting: ours.setting }, 'cpuMicros');
    return formatSpread(spreadOf(ratios), formatRatio);
  };
  return {
    kind: 'table',
    columns: ['lwasync /', 'setting', ...names],
    rows: subjects
      .filter(({ name }) => OUR_NAMES.has(name))
      .map((ours) => [ours.name, ours.setting].concat(names.map((name) => cell(ours, name)))),
  };
}

function formatMegabytes(megabytes: number): string {
  return megabytes.toFixed(1);
}
