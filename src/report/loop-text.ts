import { formatCount, formatDuration } from '../core/format-units.js';
import { describeRun, type LoopSummary } from '../loop/instruments/summary.js';
import type { Style } from './style.js';

/** What a loop did, for people: where the time went, what ran, how late timers were, what took longest. */
export function renderLoop(summary: LoopSummary, style: Style): string {
  const { ticks, wallMs, asleepMs, callbacksMs, loopMs, outsideMs } = summary;
  const outside = outsideMs === 0 ? '' : `, ${formatDuration(outsideMs)} with Node's own loop`;
  return [
    style.strong(`The loop made ${counted(ticks, 'pass', 'passes')} in ${formatDuration(wallMs)}`),
    `time     ${formatDuration(asleepMs)} asleep in the selector, ${formatDuration(callbacksMs)} in callbacks, ` +
      `${formatDuration(loopMs)} in the loop itself${outside}`,
    `ran      ${ranPhrase(summary)}`,
    ...timersLine(summary),
    ...longestLine(summary),
  ].join('\n');
}

function ranPhrase({ callbacks, callbacksByKind: kinds, tasksStarted }: LoopSummary): string {
  const parts = [
    kinds.step > 0 && counted(kinds.step, 'step'),
    kinds.timer > 0 && counted(kinds.timer, 'timer'),
    kinds.reader > 0 && counted(kinds.reader, 'reader'),
    kinds.writer > 0 && counted(kinds.writer, 'writer'),
    kinds.callback > 0 && `${formatCount(kinds.callback)} other`,
  ].filter((part) => part !== false);
  const which = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `${counted(callbacks, 'callback')}${which}, ${counted(tasksStarted, 'task')} started`;
}

function timersLine({ lateness, timersFired }: LoopSummary): string[] {
  if (lateness === undefined) return [];
  const { meanMs, maxMs } = lateness;
  const late = `${formatDuration(meanMs)} late on average, ${formatDuration(maxMs)} at most`;
  return [`timers   ${formatCount(timersFired)} fired, ${late}`];
}

function longestLine({ longest }: LoopSummary): string[] {
  if (longest === undefined) return [];
  const where = longest.place === undefined ? '' : ` (${longest.place})`;
  const tookMs = longest.endedMs - longest.startedMs;
  return [`longest  ${formatDuration(tookMs)}: ${describeRun(longest)}${where}`];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
