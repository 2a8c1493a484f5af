import { formatDuration, formatRatio, formatShare } from '../core/format-units.js';
import type { ModeName, ModeRounds, Run } from '../core/run.js';
import { verdictOf } from './boundness.js';
import { completeRounds, summarize } from './round-summary.js';
import { threadShares } from './thread-states.js';
import type { PairVerdict, Verdict } from './verdict.js';

// A ratio below this is no gain, whatever its interval.
const GAIN = 1.1;
const MOSTLY = 0.8;
// Below this share of the ideal something else than waiting took time.
const SHORT_OF_IDEAL = 0.7;

/**
 * Why asynchrony gained what it did, from what the threads did meanwhile: in a sentence or two, `undefined` where the run
 * shows no reason, and for two tasks, whose difference is theirs.
 */
export function whyOf(run: Run, verdict: Verdict): string | undefined {
  if (run.tasks.length > 1) return undefined;
  const sentences = [whyOfPair(run, verdict), cpuSentence(run, verdict)];
  const known = sentences.filter((sentence) => sentence !== undefined);
  return known.length === 0 ? undefined : known.join(' ');
}

function whyOfPair(run: Run, verdict: Verdict): string | undefined {
  const pair = pairOf(verdict, 'async') ?? pairOf(verdict, 'loop') ?? pairOf(verdict, 'sequential');
  const mode = modeOf(run, pair?.name);
  const baseline = modeOf(run, verdict.baseline);
  const ratio = pair?.estimate?.ratio;
  if (pair === undefined || mode === undefined || baseline === undefined || ratio === undefined) {
    return undefined;
  }
  if (ratio < GAIN) return whyNot(pair, mode, run, verdict);
  return pair.difference === 'faster' ? whyGained(pair, mode, baseline) : undefined;
}

function whyGained(
  { name, efficiency }: PairVerdict,
  mode: ModeRounds,
  baseline: ModeRounds,
): string | undefined {
  const before = threadShares(completeRounds(baseline));
  const after = threadShares(completeRounds(mode));
  if (before === undefined) return undefined;
  const idle = before.blocked + before.waiting;
  if (idle < 0.5) return undefined;
  const held = before.blocked > before.waiting ? 'held its thread without computing' : 'waited';
  const gained = `${name} gained because there was something to wait for: ${baseline.name} ${held} ${formatShare(idle)} of the time.`;
  if (efficiency === undefined || efficiency >= SHORT_OF_IDEAL) return gained;
  if (after === undefined || after.computing < MOSTLY) return gained;
  return `${gained} It fell short of the ideal because its thread then computed ${formatShare(after.computing)} of the time.`;
}

function whyNot(
  { name }: PairVerdict,
  mode: ModeRounds,
  run: Run,
  verdict: Verdict,
): string | undefined {
  if (mode.concurrency === 1) {
    return `${name} gained nothing because it has one call in flight at a time: what is waited for alone takes as long as it does.`;
  }
  const shares = threadShares(completeRounds(mode));
  if (shares === undefined) return undefined;
  if (shares.computing >= MOSTLY) {
    return (
      `${name} gained nothing because there is nothing to wait for: the thread computed ` +
      `${formatShare(shares.computing)} of the time (CPU bound).${threadsSentence(run, verdict)}`
    );
  }
  if (shares.blocked >= 0.5) {
    return `${name} gained nothing because its calls block the thread instead of letting it go on: it was held without computing ${formatShare(shares.blocked)} of the time.`;
  }
  return undefined;
}

// What helps where there is something to compute.
function threadsSentence({ environment }: Run, verdict: Verdict): string {
  const pair = pairOf(verdict, 'threads');
  const ratio = pair?.estimate?.ratio ?? 0;
  if (pair?.difference !== 'faster' || ratio < GAIN) return '';
  const cores = environment.cpus === 1 ? '1 core' : `${environment.cpus} cores`;
  return ` threads ran ${formatRatio(ratio)} on ${cores}.`;
}

const WHAT_A_FASTER_CPU_DOES = {
  io: 'a faster CPU would not help',
  mixed: 'a faster CPU would help a little',
  cpu: 'a faster CPU would help',
} as const;

// Whoever waits for files may think of a faster machine first.
function cpuSentence({ measured }: Run, { baseline }: Verdict): string | undefined {
  const used = measured.modes
    .toSorted((a, b) => Number(b.name === baseline) - Number(a.name === baseline))
    .filter(({ task }) => task.kind === 'download')
    .map((mode) => summarize(mode))
    .filter((summary) => summary !== undefined);
  const [slow, ...others] = used.map(
    ({ name, cpuMs, medianMs }) =>
      `${name} ${formatDuration(cpuMs)} of ${formatDuration(medianMs)}`,
  );
  const [first] = used;
  if (slow === undefined || first === undefined) return undefined;
  const { cpuMs, medianMs } = first;
  const verdict = WHAT_A_FASTER_CPU_DOES[verdictOf(medianMs / cpuMs)];
  const share = `${slow} (${formatShare(cpuMs / medianMs)})`;
  return `CPU time: ${[share, ...others].join(', ')}; ${verdict}.`;
}

function pairOf(verdict: Verdict, name: ModeName): PairVerdict | undefined {
  return verdict.pairs.find((pair) => pair.name === name);
}

function modeOf({ measured }: Run, name: string | undefined): ModeRounds | undefined {
  return measured.modes.find((mode) => mode.name === name);
}
