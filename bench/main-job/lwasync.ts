import { at, numberAt, parseJson } from '../json.js';
import { complaintOf, runProgram } from '../process.js';
import { LWASYNC } from '../scripts.js';
import type { Contender, Order, Outcome } from './contender.js';

// Some calls failed; the document is printed all the same and says which.
const CALLS_FAILED = 3;

/** `lwasync sync` or `lwasync async`, once without a round before (cold) and once after one (warm). */
export function lwasync(mode: 'sync' | 'async'): Contender {
  return {
    name: `lwasync ${mode}`,
    manner: mode === 'sync' ? 'synchronous' : 'asynchronous',
    states: ['cold', 'warm'],
    measure: async (order) => ({
      cold: await runLwasync(mode, order, 0),
      warm: await runLwasync(mode, order, 1),
    }),
  };
}

async function runLwasync(
  mode: 'sync' | 'async',
  { url, number, signal }: Order,
  warmup: number,
): Promise<Outcome> {
  const words = [LWASYNC, mode, url, '-n', String(number), '-w', String(warmup), '--json'];
  const result = await runProgram(process.execPath, words, { signal });
  const usable =
    result.kind === 'ended' && (result.exitCode === 0 || result.exitCode === CALLS_FAILED);
  const document = usable ? parseJson(result.stdout) : undefined;
  const seconds = numberAt(document, 'seconds');
  const calls = at(document, 'calls');
  const failures = at(document, 'failures');
  if (seconds === undefined || !Array.isArray(calls) || !Array.isArray(failures)) {
    return { kind: 'none', reason: complaintOf(result) };
  }
  // Where every call of the round before failed, the round that counts is not made.
  if (calls.length < number) {
    return { kind: 'none', reason: `only ${calls.length} of ${number} calls were made` };
  }
  return { kind: 'time', seconds, failed: failures.length };
}
