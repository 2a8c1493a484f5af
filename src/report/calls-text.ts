import { formatCount, formatDuration } from '../core/format-units.js';
import type { Run } from '../core/run.js';
import { latencies, summarizeLatency } from '../statistics/round-summary.js';
import { MODE_ADJECTIVES } from './mode-adjectives.js';
import { connectingPhrase } from './sentences.js';
import type { Style } from './style.js';

/** One mode's calls for people: how many seconds they took, and what one of them took. */
export function renderCalls(run: Run, style: Style): string {
  const [mode] = run.measured.modes;
  const round = mode?.rounds[0];
  if (mode === undefined || round === undefined) return '';
  const { ok, failed } = round.calls.tally();
  const adjective = MODE_ADJECTIVES[mode.mode];
  const faults = failed === 0 ? '' : `, ${ok === 0 ? 'and every one' : formatCount(failed)} failed`;
  const calls =
    `${adjective} ${run.measured.number === 1 && !run.interrupted ? 'call' : 'calls'}` +
    (mode.mode === 'loop' ? ' on our own event loop' : '');
  const made = run.interrupted
    ? `${formatCount(ok + failed)} of ${formatCount(run.measured.number)} ${calls} were made in`
    : `${formatCount(run.measured.number)} ${calls} took`;
  const latency = summarizeLatency(latencies([round]));
  const lines = [style.strong(`${made} ${(round.wallMs / 1000).toFixed(3)} seconds${faults}`)];
  if (latency !== undefined) {
    const { p50, p90, p99, max } = latency;
    lines.push(
      `latency  p50 ${formatDuration(p50)}  p90 ${formatDuration(p90)}  ` +
        `p99 ${formatDuration(p99)}  max ${formatDuration(max)}`,
    );
  }
  const [cold] = mode.warmup;
  if (mode.task.kind === 'http') {
    const before =
      cold === undefined
        ? ''
        : ` (cold, before: ${formatDuration(cold.wallMs)}, ${connectingPhrase(cold)})`;
    lines.push(style.faint(`connecting  ${connectingPhrase(round)}${before}`));
  } else if (cold !== undefined) {
    lines.push(style.faint(`cold, before: ${formatDuration(cold.wallMs)}`));
  }
  return lines.join('\n');
}
