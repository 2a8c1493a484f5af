import { formatCount, formatDuration } from '../core/format-units.js';
import { monotonicNow } from '../core/clock.js';
import type { Progress, ProgressListener } from '../experiment/measure-modes.js';
import { isInteractive } from './terminal.js';

const FRAME_MS = 100;
const LINE_EVERY_MS = 5000;
const BAR = 20;

/** Shows on standard error how far a run is; `stop` takes the line away again. */
export interface ProgressDisplay {
  readonly listener: ProgressListener;
  /** Whether a round has begun. */
  readonly hasBegun: () => boolean;
  stop(): void;
}

/** One line that moves on a terminal; elsewhere a line now and then. */
export function showProgress(): ProgressDisplay {
  const moving = isInteractive(process.stderr, process.env);
  let current: Progress | undefined;
  let begun = false;
  let beganMs = monotonicNow();
  let spokenMs = monotonicNow();
  const draw = (): void => {
    if (current === undefined) return;
    const line = progressLine(current, monotonicNow() - beganMs);
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
  const { begun, ok, failed } = tally();
  const done = ok + failed;
  const full = Math.round((done / number) * BAR);
  const of = stage === 'round' && rounds !== 'fit' ? ` of ${rounds}` : '';
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full);
  const flying = begun - done > 1 ? `, ${formatCount(begun - done)} in flight` : '';
  const faults = failed > 0 ? `, ${formatCount(failed)} failed` : '';
  return (
    `${stage} ${round}${of} ${name.padEnd(10)} ${bar} ${formatCount(done)}/${formatCount(number)}` +
    `${flying}${faults}  ${formatDuration(Math.floor(elapsedMs / 100) * 100)}`
  );
}
