import { formatDuration } from '../core/format-units.js';
import type { Measurement, ModeRounds, Round } from '../core/run.js';
import { meanPhases } from '../statistics/call-phases.js';
import { typicalRound } from './lanes.js';
import type { Column } from './table.js';

/** The columns of the table of where a call's time goes. */
export const PHASE_COLUMNS: readonly Column[] = [
  { heading: 'mode', align: 'left' },
  { heading: 'queue', align: 'right' },
  { heading: 'connect', align: 'right' },
  { heading: 'wait', align: 'right' },
  { heading: 'receive', align: 'right' },
  { heading: 'call', align: 'right' },
];

/** Where a call's time goes on average: one row a mode for the round that is drawn, and one for its first round, cold. */
export function phaseRows({ modes }: Measurement): string[][] {
  return modes.flatMap((mode) => {
    const [cold] = mode.warmup;
    return [
      ...phaseRow(mode.name, mode, typicalRound(mode)),
      ...(mode.rounds.length === 0 ? [] : phaseRow(`${mode.name}, cold`, mode, cold)),
    ];
  });
}

function phaseRow(name: string, { task }: ModeRounds, round: Round | undefined): string[][] {
  const phases = round === undefined ? undefined : meanPhases(round);
  if (phases === undefined) return [];
  const { queueMs, callMs, parts } = phases;
  const told =
    parts === undefined
      ? ['-', '-', '-']
      : [
          // A download tells its wait and its connecting as one.
          task.kind === 'download' ? '-' : formatDuration(parts.connectMs),
          formatDuration(parts.waitMs),
          formatDuration(parts.receiveMs),
        ];
  return [[name, formatDuration(queueMs), ...told, formatDuration(callMs)]];
}
