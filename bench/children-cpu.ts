import { createRequire } from 'node:module';

/** What is used of koffi, which calls functions of C. */
interface Koffi {
  load(path: null): { func(declaration: string): (who: number, memory: BigInt64Array) => number };
}

const RUSAGE_CHILDREN = -1;
// struct rusage begins with two struct timeval, user and system, of two long each; 14 more long follow (getrusage(2)).
const RUSAGE_LONGS = 18;

let getrusage: ((who: number, memory: BigInt64Array) => number) | undefined;

/**
 * Seconds of CPU, user and system, that ended children of this process have used. The difference before and after a child
 * is what the kernel reckons for that child, as long as no other one ends meanwhile.
 */
export function childrenCpuSeconds(): number {
  getrusage ??= loadGetrusage();
  const usage = new BigInt64Array(RUSAGE_LONGS);
  getrusage(RUSAGE_CHILDREN, usage);
  const [userS = 0, userUs = 0, systemS = 0, systemUs = 0] = Array.from(usage, Number);
  return userS + systemS + (userUs + systemUs) / 1e6;
}

// koffi is an optional dependency: an import would end the program where it is missing.
function loadGetrusage(): (who: number, memory: BigInt64Array) => number {
  const koffi: Koffi = createRequire(import.meta.url)('koffi');
  return koffi.load(null).func('int getrusage(int who, _Out_ void *usage)');
}
