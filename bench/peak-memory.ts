import { readFileSync } from 'node:fs';

const POLL_MS = 10;
const KIB = 1024;

/**
 * Watches a process and hands back what ends that and tells the most memory it has ever occupied, in bytes; `undefined` where
 * the system does not tell.
 *
 * The kernel keeps that mark (proc(5): VmHWM) until the process is gone, so looking every now and then misses only what is
 * added in the last few milliseconds. `ru_maxrss` of getrusage(2) would miss nothing, but it begins with what the parent
 * occupies, and a parent that is a Node process occupies more than a small program ever does.
 */
export function watchPeakMemory(pid: number): () => number | undefined {
  let peak: number | undefined;
  const look = (): void => {
    peak = readPeak(pid) ?? peak;
  };
  look();
  const timer = setInterval(look, POLL_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function readPeak(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(text)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * KIB;
  } catch {
    return undefined;
  }
}
