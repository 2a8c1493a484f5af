import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Milliseconds } from '../core/units.js';
import type { SampledProfile } from './sampled-profile.js';

/** What `program-hook.cts` writes of one process, each time anew. */
interface HookReport {
  /** The file that the process runs; absent for `node -e`. */
  readonly program?: string;
  /** How long Node, and the hook, took before the program. */
  readonly startUpMs: Milliseconds;
  /** From the beginning of the process to this report. */
  readonly spanMs: Milliseconds;
  /** How long the event loop had nothing to do. */
  readonly idleMs: Milliseconds;
  /** The main thread on a core, and ready for one that was not free. */
  readonly thread?: { readonly cpuMs: Milliseconds; readonly readyMs: Milliseconds };
  /** Whether it is the last, made at the exit. */
  readonly ended: boolean;
  /** Time in functions whose name ends in Sync, by the stack of the call. */
  readonly calls: readonly { stack: string; call: string; durationMs: Milliseconds }[];
}

/** All that the hook wrote of one process. */
export interface HookedProcess extends HookReport {
  readonly pid: number;
  readonly profiles: readonly SampledProfile[];
}

// Programs that start the program that is meant.
const STARTERS: ReadonlySet<string> = new Set([
  'npm',
  'npm-cli.js',
  'npx',
  'npx-cli.js',
  'pnpm',
  'pnpm.cjs',
  'yarn',
  'yarn.js',
  'corepack.js',
  'tsx',
]);

/**
 * What the hook wrote of the process that is meant: the one that was started or, where that is npm or another one that
 * starts programs, the longest of those. `undefined` when that is no Node, or nothing was written.
 */
export function readHookedProcess(folder: string, started: number): HookedProcess | undefined {
  const files = readdirSync(folder);
  const reports = files
    .filter((file) => file.endsWith('.json'))
    .map((file) => readReport(folder, file));
  const first = reports.find(({ pid }) => pid === started);
  if (first === undefined) return undefined;
  const [longest] = reports
    .filter(({ program }) => !isStarter(program))
    .toSorted((a, b) => b.spanMs - a.spanMs);
  const meant = isStarter(first.program) ? longest : first;
  if (meant === undefined) return undefined;
  const profiles = files
    .filter((file) => file.startsWith(`${meant.pid}.`) && file.endsWith('.profile'))
    .map((file) => readProfile(folder, file));
  return { ...meant, profiles };
}

function isStarter(program: string | undefined): boolean {
  return program !== undefined && STARTERS.has(basename(program));
}

// Both are written by our own hook, whole or not at all.
function readReport(folder: string, file: string): HookReport & { readonly pid: number } {
  const report: HookReport = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return { ...report, pid: Number.parseInt(file, 10) };
}

function readProfile(folder: string, file: string): SampledProfile {
  const profile: SampledProfile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return profile;
}
