import type { ModeRounds, Round } from '../core/run.js';
import { median, sortSamples } from './sorted-samples.js';

/** Whether a contender has stopped getting faster; `unknown` where there is too little to tell. */
export type Warmth =
  | { readonly kind: 'warm' }
  /** Its last calls took this share less time than those before them. */
  | { readonly kind: 'getting faster'; readonly share: number }
  | { readonly kind: 'unknown' };

/** Who gets faster by no more than this share from one look to the next is warm. */
const WARM_SHARE = 0.05;
/** With fewer calls a quarter of them is one call, whose latency is chance. */
const FEWEST_CALLS = 8;

/**
 * Whether the warm-up rounds show that the contender has stopped getting faster: connections are set up, code is compiled,
 * caches are filled.
 *
 * - With one call in flight the calls of a round are a series. It is warm when the median latency of its last quarter is
 *   not more than 5 % below that of its third quarter, which needs 8 calls.
 * - With several in flight the calls of a round all meet the same cold start, so rounds are compared: the last one is warm
 *   when it is not more than 5 % faster than the fastest before it.
 *
 * A program begins anew in each round. What stays warm for it is the cache of its files, which one round fills.
 */
export function warmthOf({ warmup, concurrency, mode }: ModeRounds): Warmth {
  const last = warmup.at(-1);
  if (last === undefined) return { kind: 'unknown' };
  if (mode === 'program') return { kind: 'warm' };
  const within = concurrency === 1 ? quarters(last) : undefined;
  if (within !== undefined) return judged(within.third, within.last);
  if (warmup.length < 2) return { kind: 'unknown' };
  const before = Math.min(...warmup.slice(0, -1).map(({ wallMs }) => wallMs));
  return judged(before, last.wallMs);
}

function judged(before: number, after: number): Warmth {
  const share = 1 - after / before;
  return share > WARM_SHARE ? { kind: 'getting faster', share } : { kind: 'warm' };
}

// The median latencies of the third and the last quarter of the calls, failed ones left out.
function quarters({ calls }: Round): { third: number; last: number } | undefined {
  const latencies = [...calls.durationMs].filter((_, index) => calls.outcome(index) === 'ok');
  const size = Math.floor(latencies.length / 4);
  const third = median(sortSamples(latencies.slice(-2 * size, -size)));
  const last = median(sortSamples(latencies.slice(-size)));
  if (latencies.length < FEWEST_CALLS || third === undefined || last === undefined) {
    return undefined;
  }
  return { third, last };
}
