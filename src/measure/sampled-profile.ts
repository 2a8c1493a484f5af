import type { Milliseconds } from '../core/units.js';

/** A function in the tree of calls that V8's sampling profiler makes, and how often it was on top. Lines of functions begin at 0, those of ticks at 1. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount?: number;
  /** How long it was on top: the time up to each of its samples, which come late where the thread has no core. */
  readonly heldUs: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** What the hook keeps of a profile. */
export interface SampledProfile {
  readonly nodes: readonly ProfileNode[];
}

/**
 * How long the event loop had nothing to do. Node's own count of that, `idleTime`, is of no use while the profiler runs:
 * libuv forgets how long it slept when a signal wakes it, and each sample is a signal.
 */
export function sampledIdleMs({ nodes }: SampledProfile): Milliseconds {
  const idle = nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)');
  return idle.reduce((sum, { heldUs }) => sum + heldUs, 0) / 1000;
}
