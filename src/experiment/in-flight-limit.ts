import { formatCount } from '../core/format-units.js';
import type { TaskKindName } from '../core/run.js';
import {
  connectionLimit,
  freeDescriptors,
  type ConnectionLimit,
} from '../measure/connection-limits.js';

/** Most calls in flight that this process can have, and what sets the limit. */
interface InFlightLimit {
  readonly most: number;
  readonly setBy: ConnectionLimit['setBy'];
}

// Every process can have as many as that, and asking for its limits takes some milliseconds.
const ALWAYS_POSSIBLE = 50;
// A command has a pipe for what it says, both ends of which are open here until it has started, and one more by which it is
// told whether it could start.
const DESCRIPTORS_A_COMMAND = 3;
// A download has a connection, the file that it writes, and now and then a journal or a folder.
const DESCRIPTORS_A_DOWNLOAD = 3;

const BECAUSE: Readonly<Record<InFlightLimit['setBy'], string>> = {
  'open files': 'the limit on open files of this process allows no more (ulimit -n shows it)',
  'local ports': 'there are no more local ports to connect from',
};

/**
 * Most calls of a task in flight: each holds a connection, a file, both, or the pipes of a command. Asking for more than there can be
 * would fail calls that nobody ever saw. `undefined` for what holds none, or whose calls do nobody knows what.
 */
function inFlightLimit(kind: TaskKindName): InFlightLimit | undefined {
  switch (kind) {
    case 'http': {
      const { connections, setBy } = connectionLimit();
      return { most: connections, setBy };
    }
    case 'file':
      return { most: freeDescriptors(), setBy: 'open files' };
    case 'command':
      return {
        most: Math.max(1, Math.floor(freeDescriptors() / DESCRIPTORS_A_COMMAND)),
        setBy: 'open files',
      };
    case 'download':
      return {
        most: Math.max(1, Math.floor(freeDescriptors() / DESCRIPTORS_A_DOWNLOAD)),
        setBy: 'open files',
      };
    case 'sleep':
    case 'pi':
    case 'matrix':
    case 'module':
    case 'program':
      return undefined;
  }
}

/** The lowest of the limits on these tasks that forbids `wanted` calls in flight; `undefined` when none does. */
export function limitBelow(
  wanted: number,
  kinds: readonly TaskKindName[],
): InFlightLimit | undefined {
  if (wanted <= ALWAYS_POSSIBLE) return undefined;
  return kinds
    .map((kind) => inFlightLimit(kind))
    .filter((limit) => limit !== undefined)
    .filter(({ most }) => most < wanted)
    .toSorted((a, b) => a.most - b.most)[0];
}

/** Tells that fewer calls at once are made than were asked for, and why. */
export function fewerAtOnce(wanted: number, { most, setBy }: InFlightLimit): string {
  return `${formatCount(wanted)} calls at once were asked for, ${formatCount(most)} are made at once: ${BECAUSE[setBy]}.`;
}
