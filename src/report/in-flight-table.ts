import { formatCount, formatDuration, formatSignificant } from '../core/format-units.js';
import type { Measurement } from '../core/run.js';
import { meanInFlight } from '../statistics/in-flight.js';
import { maxInFlight } from '../statistics/round-summary.js';
import { typicalRound } from './lanes.js';
import type { Column } from './table.js';

/** The columns of the table of calls in flight. */
export const IN_FLIGHT_COLUMNS: readonly Column[] = [
  { heading: 'mode', align: 'left' },
  { heading: 'allowed', align: 'right' },
  { heading: 'most', align: 'right' },
  { heading: 'on average', align: 'right' },
  { heading: 'wall time', align: 'right' },
];

/** How many calls were in flight in the round that is drawn, one row a mode. */
export function inFlightRows({ modes }: Measurement): string[][] {
  return modes.flatMap((mode) => {
    const drawn = typicalRound(mode);
    if (drawn === undefined) return [];
    return [
      [
        mode.name,
        formatCount(mode.concurrency),
        formatCount(maxInFlight(drawn.calls)),
        formatSignificant(meanInFlight(drawn.calls, drawn.wallMs)),
        formatDuration(drawn.wallMs),
      ],
    ];
  });
}
