import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BARE_NODE, bareNodeMegabytes } from '../bare-node.js';
import type { BenchContext } from '../group.js';
import type { Measurements, Outcome, Subject } from '../measurements.js';
import { UNPINNED, type Command } from '../pinning.js';
import { complaintOf } from '../process.js';
import { measureInRounds, type Job } from '../rounds.js';
import { observe, type Observed } from '../whole-run.js';
import type { Contender } from './contenders.js';
import type { Order } from './order.js';
import { totalBytes, type Setting } from './plan.js';
import { faultIn } from './verify.js';

/**
 * From the start of a program to its end: seconds, seconds by its own clock, CPU seconds (user and system; for each GB or
 * file), peak of memory in MB (of a million bytes). `durable` is until the files are on the disk.
 */
export type DownloadFigure =
  'seconds' | 'ownSeconds' | 'cpu' | 'durableSeconds' | 'durableCpu' | 'peakMB';

/** What is downloaded, and the folder in which each run gets one of its own. */
export interface Work {
  readonly setting: Setting;
  readonly order: Order;
  readonly targets: string;
}

/** How a contender in a setting is called in the tables. */
export function subjectOf({ name }: Contender, setting: Setting): Subject {
  return { name, setting: setting.name };
}

/**
 * Measures every contender with all work, and a Node process that does nothing, in every round; before, the last contender
 * does each work once for nothing, because memory that a virtual machine has never touched costs whoever touches it first.
 */
export async function measureDownloads(
  contenders: readonly Contender[],
  works: readonly Work[],
  context: BenchContext,
): Promise<Measurements<DownloadFigure>> {
  const last = contenders.at(-1);
  if (last !== undefined) {
    context.progress('warming up');
    for (const work of works) await jobOf(last, work).measure(context.signal);
  }
  const jobs = works.flatMap((work) => contenders.map((contender) => jobOf(contender, work)));
  return measureInRounds([bareNode, ...jobs], context);
}

const bareNode: Job<DownloadFigure> = {
  subject: BARE_NODE,
  measure: async (signal) => {
    const peakMB = await bareNodeMegabytes(UNPINNED, signal);
    return { kind: 'figures', figures: peakMB === undefined ? {} : { peakMB } };
  },
};

function jobOf(contender: Contender, work: Work): Job<DownloadFigure> {
  // Every byte is looked at once, and sizes always.
  let wholly = true;
  return {
    subject: subjectOf(contender, work.setting),
    measure: async (signal) => {
      const folder = await mkdtemp(join(work.targets, 'run-'));
      try {
        // Whoever comes next shall not wait for what the one before has left to write.
        await observe(['sync', '-f', work.targets], { signal });
        const outcome = await download(contender, work, folder, signal);
        if (outcome.kind === 'none') return outcome;
        const fault = await faultIn(folder, work.order.sources, { wholly });
        if (fault !== undefined) return { kind: 'none', reason: fault };
        wholly = false;
        return outcome;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function download(
  contender: Contender,
  { setting, order }: Work,
  folder: string,
  signal: AbortSignal,
): Promise<Outcome<DownloadFigure>> {
  const run = await observe(contender.command(order, folder), { signal });
  if (!succeeded(run)) return { kind: 'none', reason: complaintOf(run.result) };
  const afterwards = contender.durable
    ? undefined
    : await observe(syncCommand(order, folder), { signal });
  if (afterwards !== undefined && !succeeded(afterwards)) {
    return { kind: 'none', reason: `sync: ${complaintOf(afterwards.result)}` };
  }
  const share = setting.cpuPer === 'GB' ? totalBytes(setting) / 1e9 : setting.files;
  const ownSeconds =
    run.result.kind === 'ended' ? contender.ownSeconds(run.result.stdout) : undefined;
  return {
    kind: 'figures',
    figures: {
      seconds: run.wallSeconds,
      cpu: run.cpuSeconds / share,
      durableSeconds: run.wallSeconds + (afterwards?.wallSeconds ?? 0),
      durableCpu: (run.cpuSeconds + (afterwards?.cpuSeconds ?? 0)) / share,
      ...(ownSeconds === undefined ? {} : { ownSeconds }),
      ...(run.peakBytes === undefined ? {} : { peakMB: run.peakBytes / 1e6 }),
    },
  };
}

// sync(1) calls fsync for every file that it is given; the last is the folder, which holds the names.
function syncCommand({ sources }: Order, folder: string): Command {
  return ['sync', ...sources.map(({ name }) => join(folder, name)), folder];
}

function succeeded({ result }: Observed): boolean {
  return result.kind === 'ended' && result.exitCode === 0;
}
