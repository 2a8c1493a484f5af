import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { UnavailableError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';

/** CPU time that ended children of this process, and their ended children, have used. */
export interface ChildrenCpu {
  readonly userMs: Milliseconds;
  readonly systemMs: Milliseconds;
}

/** Reads that CPU time, and how fine it is. */
export interface ChildrenCpuClock {
  readonly resolutionMs: Milliseconds;
  now(): ChildrenCpu;
}

/** What is used of koffi, which calls functions of C. */
interface Koffi {
  load(path: null): { func(declaration: string): (who: number, memory: BigInt64Array) => number };
}

const RUSAGE_CHILDREN = -1;
// struct rusage begins with two struct timeval, user and system, of two long each; 14 more long follow (getrusage(2)).
const RUSAGE_LONGS = 18;
// Of /proc/self/stat, counted after the name of the program, which is in parentheses and may hold anything (proc(5): cutime
// and cstime are fields 16 and 17, the name is field 2). Linux counts there in hundredths of a second on every platform.
const FIELD_CUTIME = 13;
const TICK_MS = 10;

/**
 * Node tells the CPU time of its own process only; the difference of this clock before and after a child is what the kernel
 * reckons for that child, as long as no other one ends meanwhile. The C library's getrusage counts microseconds; without
 * koffi, which calls it, /proc counts hundredths of a second.
 *
 * @throws {UnavailableError} on other systems than Linux.
 */
export function childrenCpuClock(): ChildrenCpuClock {
  if (process.platform !== 'linux') {
    throw new UnavailableError(
      `the CPU time of a command can be read on Linux only, and this is ${process.platform}; a task of lwasync can be looked at here (lwasync bound --help)`,
    );
  }
  return preciseClock() ?? { resolutionMs: TICK_MS, now: childrenTicks };
}

function preciseClock(): ChildrenCpuClock | undefined {
  try {
    // koffi is an optional dependency: an import would end the program where it is missing.
    const koffi: Koffi = createRequire(import.meta.url)('koffi');
    const getrusage = koffi.load(null).func('int getrusage(int who, _Out_ void *usage)');
    return { resolutionMs: 0.001, now: () => childrenUsage(getrusage) };
  } catch {
    return undefined;
  }
}

function childrenUsage(getrusage: (who: number, memory: BigInt64Array) => number): ChildrenCpu {
  const usage = new BigInt64Array(RUSAGE_LONGS);
  getrusage(RUSAGE_CHILDREN, usage);
  const [userS = 0, userUs = 0, systemS = 0, systemUs = 0] = Array.from(usage, Number);
  return { userMs: userS * 1000 + userUs / 1000, systemMs: systemS * 1000 + systemUs / 1000 };
}

function childrenTicks(): ChildrenCpu {
  const text = readFileSync('/proc/self/stat', 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0] = fields.slice(FIELD_CUTIME, FIELD_CUTIME + 2).map(Number);
  return { userMs: user * TICK_MS, systemMs: system * TICK_MS };
}
