import type { Milliseconds } from '../core/units.js';

const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
const IS_NUMBER = /^\d+(?:\.\d+)?$/;
// The first `dur` of a metric counts; names of parameters are the same in any letters.
const QUEUE = /(?:^|,)\s*queue\s*(?:;[^,]*?)??;\s*dur\s*=\s*(\d+(?:\.\d+)?)\s*(?:[,;]|$)/i;

/**
 * How long a request waited in a queue of the server, by the metric `queue` of a `Server-Timing` header (W3C Server Timing):
 * 1.5 of `queue;dur=1.5, wait;dur=200`. `undefined` where there is none.
 */
export function queueMsOf(serverTiming: string): Milliseconds | undefined {
  const text = serverTiming.includes('"') ? withoutQuotes(serverTiming) : serverTiming;
  const duration = QUEUE.exec(text)?.[1];
  return duration === undefined ? undefined : Number(duration);
}

// A description may hold anything, and a number may be quoted too.
function withoutQuotes(text: string): string {
  return text.replaceAll(QUOTED, (_all, inside: string) => (IS_NUMBER.test(inside) ? inside : ''));
}
