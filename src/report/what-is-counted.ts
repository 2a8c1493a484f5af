import { counted, formatSize } from '../core/format-units.js';
import type { Measurement, ModeRounds, Run } from '../core/run.js';
import { completeRounds } from '../statistics/round-summary.js';

/** What is done so many times: a call, or a file where files are downloaded. */
export function nounOf(task: ModeRounds['task'] | undefined): string {
  return task?.kind === 'download' ? 'file' : 'call';
}

/** `20 calls`, `1 file`. */
export function countedIn({ number, modes }: Measurement): string {
  return counted(number, nounOf(modes[0]?.task));
}

/** What was done, for a title: one task, or two against each other. */
export function taskTitle({ tasks }: Run): string {
  return tasks.map((task) => task.text).join(' against ');
}

/** What was done how often, for a title: `GET http://a.example/, 20 calls`; files to download are counted in their own text. */
export function runTitle(run: Run): string {
  const { measured } = run;
  const title = taskTitle(run);
  return nounOf(measured.modes[0]?.task) === 'file' ? title : `${title}, ${countedIn(measured)}`;
}

/** How much a round is: `20 calls a round`, `20 files (20 MB) a round`. */
export function roundSize(measurement: Measurement): string {
  const bytes = nounOf(measurement.modes[0]?.task) === 'file' ? bytesOf(measurement) : 0;
  const size = bytes === 0 ? '' : ` (${formatSize(bytes)})`;
  return `${countedIn(measurement)}${size} a round`;
}

// The most of a round, since files that failed have none.
function bytesOf({ modes }: Measurement): number {
  return Math.max(
    0,
    ...modes.flatMap((mode) => completeRounds(mode).map(({ resources }) => resources.bytes)),
  );
}
