import { formatCount, formatRatio, formatSeconds } from '../samples.js';
import { gainComparisons, OURS, peerComparisons, type Comparison } from './comparisons.js';
import type { State } from './contender.js';
import type { Setup } from './plan.js';
import type { Results } from './results.js';

const FEWEST_ROUNDS = 3;

/** What the figures say, as a few sentences made of nothing but them. */
export function readingOf(results: Results, setup: Setup): string[] {
  const { plan, rounds } = setup;
  const states: readonly State[] = ['cold', 'warm'];
  return [
    ...(rounds < FEWEST_ROUNDS
      ? [`With ${rounds} round${rounds === 1 ? '' : 's'} these are examples and no findings.`]
      : []),
    ...gainComparisons(setup).flatMap((pair) => gainSentence(results, pair, plan.few)),
    ...plan.many.flatMap((number) => beyondLatency(results, number, plan.latencyMs / 1000)),
    ...plan.many.flatMap((number) =>
      states.flatMap((state) => {
        const pairs = peerComparisons(setup).filter((pair) => pair.state === state);
        return peersSentence(results, pairs, number);
      }),
    ),
  ];
}

function gainSentence(
  results: Results,
  { upper, lower, state }: Comparison,
  [half, all]: readonly [number, number],
): string[] {
  const gain = (number: number): number | undefined =>
    results.ratio({ name: upper, number, state }, { name: lower, number, state })?.median;
  const doubling = (name: string): number | undefined =>
    results.ratio({ name, number: all, state }, { name, number: half, state })?.median;
  const figures = [gain(half), gain(all), doubling(upper), doubling(lower)];
  const [few, more, one, together] = figures.map((figure) =>
    figure === undefined ? undefined : formatRatio(figure),
  );
  if (figures.includes(undefined)) return [];
  return [
    `${upper}, ${state}, took ${few} times as long as ${lower} for ${half} calls and ${more} times for ${all} ` +
      `(latency alone would make it ${half} and ${all}). ${all} calls instead of ${half} took ${upper} ${one} times as long and ` +
      `${lower} ${together} times.`,
  ];
}

function beyondLatency(results: Results, number: number, latencyS: number): string[] {
  const seconds = results.seconds({ name: OURS, number, state: 'warm' });
  if (seconds === undefined) return [];
  return [
    `Of the ${formatSeconds(seconds.median)} s of ${OURS}, warm, for ${formatCount(number)} calls, ` +
      `${formatSeconds(latencyS)} s is latency and ${formatSeconds(seconds.median - latencyS)} s is not.`,
  ];
}

// A difference is claimed only where every round shows it.
function peersSentence(results: Results, pairs: readonly Comparison[], number: number): string[] {
  const slower: string[] = [];
  const faster: string[] = [];
  const undecided: string[] = [];
  for (const { upper, lower, state } of pairs) {
    const peer = { name: upper, number, state };
    const ours = { name: lower, number, state };
    const ratio = results.ratio(peer, ours);
    const inverse = results.ratio(ours, peer);
    if (ratio === undefined || inverse === undefined) continue;
    const ourTimes = `${OURS} took ${formatRatio(inverse.median)} times as long`;
    if (ratio.min > 1) slower.push(`${upper} (${formatRatio(ratio.median)} times as long)`);
    else if (ratio.max < 1) faster.push(`${upper} (${ourTimes})`);
    else undecided.push(upper);
  }
  const parts = [
    ...(slower.length === 0
      ? []
      : [`slower than ${OURS} in every usable round: ${slower.join(', ')}`]),
    ...(faster.length === 0 ? [] : [`faster in every usable round: ${faster.join(', ')}`]),
    ...(undecided.length === 0 ? [] : [`now slower, now faster: ${undecided.join(', ')}`]),
  ];
  const state = pairs[0]?.state ?? 'cold';
  return parts.length === 0
    ? []
    : [`${formatCount(number)} calls, ${state} – ${parts.join('; ')}.`];
}
