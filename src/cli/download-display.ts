import type { DownloadEvent } from '../core/download.js';
import { monotonicNow } from '../core/clock.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { printable } from '../report/shown-text.js';
import { downloadFrame, downloadSentence, type DownloadMoment } from './download-progress.js';
import { LiveLines } from './live-lines.js';
import { RemainingTime } from './remaining-time.js';
import { isInteractive, remark, styleFor } from './terminal.js';

const FRAME_MS: Milliseconds = 100;
const LINE_EVERY_MS: Milliseconds = 5000;
const SIZE_ELSEWHERE = { columns: 80, rows: 24 };

/** Shows on standard error how far a batch is. */
export interface DownloadDisplay {
  take(event: DownloadEvent): void;
  /** Takes the lines that move away again. */
  stop(): void;
}

/**
 * Lines that move on a terminal; elsewhere `begin` and then a line now and then. What fails or is tried again is said on
 * either. `json`: lines of events go to standard output, which must not be the same terminal.
 */
export function showDownload(begin: string, json: boolean): DownloadDisplay {
  const moves = isInteractive(process.stderr, process.env) && !(json && process.stdout.isTTY);
  return moves ? movingDisplay() : plainDisplay(begin);
}

// A failure, another try: what is said whether or not anything moves.
function eventRemark(event: DownloadEvent): string | undefined {
  if (event.kind === 'restarted') return `${event.name}: begins again, ${event.reason}`;
  if (event.kind === 'retrying') {
    return `${event.reason}; try ${event.attempt} in ${formatDuration(event.delayMs)}`;
  }
  // Why others stopped is told once, at the end.
  const hasFailed = event.kind === 'finished' && event.file.outcome === 'failed';
  return hasFailed ? event.file.failure?.message : undefined;
}

function movingDisplay(): DownloadDisplay {
  const live = new LiveLines(process.stderr);
  const style = styleFor(process.stderr, process.env);
  const remaining = new RemainingTime();
  let moment: DownloadMoment | undefined;
  let shown: ReadonlySet<number> = new Set();
  let said: string[] = [];
  const draw = (): void => {
    if (moment === undefined) return;
    const frame = downloadFrame(moment, sizeOf(process.stderr), style, shown);
    shown = frame.shown;
    live.draw(frame.lines, said);
    said = [];
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    take: (event) => {
      if (event.kind === 'progress') {
        moment = { progress: event.progress, remainingMs: remaining.observe(event.progress) };
      }
      const text = eventRemark(event);
      if (text !== undefined) said.push(`lwasync: ${printable(text)}`);
    },
    stop: () => {
      clearInterval(timer);
      moment = undefined;
      live.clear();
      for (const line of said.splice(0)) process.stderr.write(`${line}\n`);
    },
  };
}

function plainDisplay(begin: string): DownloadDisplay {
  let hasBegun = false;
  const remaining = new RemainingTime();
  let spokenMs = monotonicNow();
  return {
    take: (event) => {
      // By the first event everything that was asked for has been found usable.
      if (!hasBegun) remark(begin);
      hasBegun = true;
      const text = eventRemark(event);
      if (text !== undefined) remark(printable(text));
      if (event.kind !== 'progress') return;
      const moment = { progress: event.progress, remainingMs: remaining.observe(event.progress) };
      if (monotonicNow() - spokenMs < LINE_EVERY_MS) return;
      spokenMs = monotonicNow();
      process.stderr.write(`${downloadSentence(moment)}\n`);
    },
    stop: () => {},
  };
}

// A terminal that does not know its size says 0.
function sizeOf(stream: { columns?: number; rows?: number }): { columns: number; rows: number } {
  const { columns = 0, rows = 0 } = stream;
  return {
    columns: columns > 0 ? columns : SIZE_ELSEWHERE.columns,
    rows: rows > 0 ? rows : SIZE_ELSEWHERE.rows,
  };
}
