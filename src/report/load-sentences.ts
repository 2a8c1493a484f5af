import {
  countedCalls,
  formatCount,
  formatDuration,
  formatShare,
  formatSignificant,
} from '../core/format-units.js';
import type { LoadRun } from '../core/load.js';
import type { LoadSummary } from '../statistics/load-summary.js';
import { MODE_ADJECTIVES } from './mode-adjectives.js';
import { connectingPhrase, failureSentence } from './sentences.js';

/** What a report of it is called: `GET http://… for 10.00 s, open loop, 100 calls/s`. */
export function loadTitle({ task, wallMs, plan }: LoadRun): string {
  const { ratePerSecond, concurrency } = plan;
  const pace =
    ratePerSecond === undefined
      ? `closed loop, c=${concurrency}`
      : `open loop, ${ratePerSecond} calls/s`;
  return `${task.text} for ${formatDuration(wallMs)}, ${pace}`;
}

/**
 * What was done and how much came of it: `4,831 asynchronous calls in 10.0 s: 483 calls/s`. The rate is that of the calls
 * after the warm-up, so that each figure can be checked with those beside it.
 */
export function loadHeadline(run: LoadRun, summary: LoadSummary): string {
  const { throughput, warmup, ok, durationMs } = summary;
  const { counts, mode, wallMs, plan } = run;
  const made = counts.ok + counts.failed;
  const where = mode === 'loop' ? ' on our own event loop' : '';
  const faults =
    counts.failed === 0
      ? ''
      : counts.ok === 0
        ? ', and every one failed'
        : `, ${formatCount(counts.failed)} of them failed`;
  const calls = `${countedCalls(made).replace(' ', ` ${MODE_ADJECTIVES[mode]} `)}${where}`;
  const after =
    warmup === undefined
      ? ''
      : `; ${formatCount(ok)} in the ${formatDuration(durationMs)} after the warm-up`;
  const rate = counts.ok === 0 ? '' : `${after}: ${formatSignificant(throughput)} calls/s`;
  const asked =
    plan.ratePerSecond === undefined
      ? ''
      : ` of ${formatSignificant(plan.ratePerSecond)} asked for`;
  return `${calls} in ${formatDuration(wallMs)}${faults}${rate}${rate === '' ? '' : asked}`;
}

/** What was left out at the beginning; `undefined` when nothing was. */
export function warmupSentence({ warmup }: LoadSummary): string | undefined {
  if (warmup === undefined) return undefined;
  const { durationMs, ok, failed, latency } = warmup;
  const was =
    latency === undefined
      ? ''
      : `, p50 ${formatDuration(latency.p50)}, max ${formatDuration(latency.max)}`;
  return (
    `Warm-up: the first ${formatDuration(durationMs)} (${countedCalls(ok + failed)}${was}) ` +
    `are left out of all that follows; -w none keeps them.`
  );
}

/** What became of the calls that did not end well; `undefined` when all did. */
export function lossSentence({ counts }: LoadRun, summary: LoadSummary): string | undefined {
  const parts = [
    ...(summary.failed > 0
      ? [`${formatCount(summary.failed)} failed (${formatShare(summary.errorShare ?? 0)})`]
      : []),
    ...(counts.unfinished > 0 ? [`${formatCount(counts.unfinished)} unfinished at the end`] : []),
    ...(counts.neverBegun > 0 ? [`${formatCount(counts.neverBegun)} due but never begun`] : []),
  ];
  // That every call failed is said already.
  const isSaid = counts.ok === 0 && counts.unfinished + counts.neverBegun === 0;
  return parts.length === 0 || isSaid
    ? undefined
    : `Calls: ${formatCount(summary.ok)} ok, ${parts.join(', ')}.`;
}

/** How late calls began although they could have; `undefined` in a closed loop, which has no schedule. */
export function latenessSentence({ lateness }: LoadSummary): string | undefined {
  if (lateness === undefined) return undefined;
  const { p50, p99 } = lateness;
  return (
    `Our own lateness, part of the corrected latency: calls began ${formatDuration(p50)} (p50), ${formatDuration(p99)} (p99) ` +
    `after their intended start although they could have begun.`
  );
}

/** The setting up of connections; `undefined` where there was none, or a thread that was stopped could not tell. */
export function connectingSentence(run: LoadRun): string | undefined {
  return run.connecting.connections === 0 ? undefined : `Connecting: ${connectingPhrase(run)}.`;
}

/** How busy the thread was that made the calls; `undefined` where it blocks. */
export function busySentence({ resources }: LoadRun): string | undefined {
  if (resources.loop === undefined) return undefined;
  const { activeMs, idleMs } = resources.loop;
  if (activeMs + idleMs === 0) return undefined;
  const share = formatShare(activeMs / (activeMs + idleMs));
  return `The thread that made the calls was busy ${share} of the time.`;
}

/** Every kind of failure, and that no call was answered where none was; a sentence each. */
export function loadFailureSentences(run: LoadRun): string[] {
  const { mode, counts, failures, interrupted } = run;
  const { ok, failed, unfinished } = counts;
  const sentences = failures
    .toSorted((a, b) => b.count - a.count)
    .map((failure) => failureSentence(mode, failure, ok + failed));
  if (ok + failed === 0 && unfinished > 0 && !interrupted) {
    sentences.push(`none of ${countedCalls(unfinished)} was answered`);
  }
  return sentences;
}
