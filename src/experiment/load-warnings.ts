import { formatCount, formatDuration, formatShare } from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { TaskKindName } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { summarizeLoad } from '../statistics/load-summary.js';

const BUSY_SHARE = 0.85;
const LATE_MS: Milliseconds = 10;
// What these do is computed on the very thread that makes the calls.
const COMPUTING: ReadonlySet<TaskKindName> = new Set(['pi', 'matrix']);

/** What may mislead in a load run, above all where this tool and not what it calls set the limit; a sentence each. */
export function loadWarnings(run: LoadRun): string[] {
  // Where no call ended well there is no figure that could mislead.
  const ofFigures = run.counts.ok === 0 ? [] : [busyThread(run), lateSchedule(run)];
  return [...ofFigures, callsNeverBegun(run), callsUnfinished(run)].filter(
    (sentence) => sentence !== undefined,
  );
}

function busyThread({ task, mode, plan, resources }: LoadRun): string | undefined {
  const { kind } = task;
  const { activeMs, idleMs } = resources.loop ?? { activeMs: 0, idleMs: 0 };
  const share = activeMs / (activeMs + idleMs);
  if (COMPUTING.has(kind) || mode === 'threads' || !(share > BUSY_SHARE)) return undefined;
  const who = kind === 'http' ? 'the server' : 'the task';
  const help = [
    ...(mode === 'async' && kind === 'http' ? ['--on loop takes less of it for each call'] : []),
    plan.ratePerSecond === undefined ? '--rate asks for less' : 'a lower --rate asks for less',
  ].join(', ');
  return (
    `The thread that makes the calls was busy ${formatShare(share)} of the time: ` +
    `it, not ${who}, may be what sets the limit and the latency; ${help}.`
  );
}

function lateSchedule(run: LoadRun): string | undefined {
  const p90 = summarizeLoad(run).lateness?.p90 ?? 0;
  if (p90 < LATE_MS) return undefined;
  const help = run.mode === 'async' ? 'a lower --rate or --on loop helps' : 'a lower --rate helps';
  return (
    `The rate was missed because of this machine: one call of ten began ${formatDuration(p90)} or more after its ` +
    `intended start although it could have begun; the corrected latency holds that against the other side; ${help}.`
  );
}

function callsNeverBegun({ plan, counts }: LoadRun): string | undefined {
  if (counts.neverBegun === 0) return undefined;
  return (
    `Calls that were due and never begun, because ${formatCount(plan.concurrency)} were in flight: ` +
    `${formatCount(counts.neverBegun)}. They have no latency here and would have had the longest; ` +
    `a lower --rate or a higher -c avoids that.`
  );
}

function callsUnfinished({ counts, interrupted }: LoadRun): string | undefined {
  if (counts.unfinished === 0 || interrupted) return undefined;
  return (
    `Calls that were still in flight at the end and were given up: ${formatCount(counts.unfinished)}. ` +
    `Such calls have no latency here and count neither as answered nor as failed.`
  );
}
