import type { Subject } from './measurements.js';
import { complaintOf } from './process.js';
import { observe } from './whole-run.js';
import type { Pinning } from './pinning.js';

/** A Node process of the same version that does nothing: what is there in every program that runs on Node. */
export const BARE_NODE: Subject = { name: 'Node that does nothing', setting: '–' };

const WORDS = ['-e', 'setTimeout(() => {}, 300)'] as const;

/**
 * The most memory that such a process occupies, in MB of a million bytes; `undefined` where the system does not tell.
 *
 * @throws {Error} when it fails, and the reason of `signal` when it fires.
 */
export async function bareNodeMegabytes(
  pinning: Pinning,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { result, peakBytes } = await observe(pinning.client([process.execPath, ...WORDS]), {
    signal,
  });
  if (result.kind !== 'ended' || result.exitCode !== 0) throw new Error(complaintOf(result));
  return peakBytes === undefined ? undefined : peakBytes / 1e6;
}
