import type { CallTally } from '../core/call-columns.js';
import { formatCount, formatDuration } from '../core/format-units.js';
import { monotonicNow } from '../core/clock.js';
import type { LoadProgress } from '../experiment/load.js';
import type { Progress } from '../experiment/measure-modes.js';
import { isInteractive } from './terminal.js';

const FRAME_MS = 100;
const LINE_EVERY_MS = 5000;
const BAR = 20;

/** What progress is shown of: a round of calls, or load. */
export type ShownProgress = Progress | LoadProgress;

/** Shows on standard error how far a run is; `stop` takes the line away again. */
export interface ProgressDisplay {
  readonly listener: (progress: ShownProgress) => void;
  /** Whether a round has begun. */
  readonly hasBegun: () => boolean;
  stop(): void;
}

/** One line that moves on a terminal; elsewhere a line now and then. */
export function showProgress(): ProgressDisplay {
  const moving = isInteractive(process.stderr, process.env);
  let current: ShownProgress | undefined;
  let begun = false;
  let beganMs = monotonicNow();
  let spokenMs = monotonicNow();
  const draw = (): void => {
    if (current === undefined) return;
    const elapsedMs = monotonicNow() - beganMs;
    const line =
      'plannedMs' in current
        ? loadProgressLine(current, elapsedMs)
        : progressLine(current, elapsedMs);
    // The line is cut rather than wrapped: a wrapped one could not be overwritten.
    if (moving)
      process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else if (monotonicNow() - spokenMs >= LINE_EVERY_MS) {
      spokenMs = monotonicNow();
      process.stderr.write(`${line}\n`);
    }
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    listener: (progress) => {
      current = progress;
      begun = true;
      beganMs = monotonicNow();
      draw();
    },
    hasBegun: () => begun,
    stop: () => {
      clearInterval(timer);
      if (moving && current !== undefined) process.stderr.write('\r\u001b[2K');
      current = undefined;
    },
  };
}

/** One line about a round: which, in what mode, how many calls are done, how many seconds it has taken so far. */
export function progressLine(progress: Progress, elapsedMs: number): string {
  const { name, number, stage, round, rounds, tally } = progress;
  const { ok, failed } = tally();
  const done = ok + failed;
  const of = stage === 'round' && rounds !== 'fit' ? ` of ${rounds}` : '';
  return (
    `${stage} ${round}${of} ${name.padEnd(10)} ${bar(done / number)} ${formatCount(done)}/${formatCount(number)}` +
    `${underWay(tally())}  ${tenths(elapsedMs)}`
  );
}

/** One line about load: how much of the time has passed, how many calls are done. */
export function loadProgressLine({ plannedMs, tally }: LoadProgress, elapsedMs: number): string {
  const { ok, failed } = tally();
  return (
    `${bar(Math.min(elapsedMs / plannedMs, 1))} ${tenths(elapsedMs)} of ${formatDuration(plannedMs)}, ` +
    `${formatCount(ok + failed)} calls${underWay(tally())}`
  );
}

function bar(share: number): string {
  const full = Math.round(share * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function underWay({ begun, ok, failed }: CallTally): string {
  const inFlight = begun - ok - failed;
  const flying = inFlight > 1 ? `, ${formatCount(inFlight)} in flight` : '';
  return flying + (failed > 0 ? `, ${formatCount(failed)} failed` : '');
}

function tenths(durationMs: number): string {
  return formatDuration(Math.floor(durationMs / 100) * 100);
}
