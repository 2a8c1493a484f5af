import type { BoundBlock, BoundRun } from '../core/bound.js';
import { formatRatio, formatShare } from '../core/format-units.js';
import type { Boundness } from '../statistics/boundness.js';

// From this share on a state is worth a sentence.
const NOTABLE = 0.2;
// Who computes all the time and leaves the thread free all the time computes elsewhere.
const MOSTLY_FREE = 0.5;

// A line that holds the thread for less is no reason for anything.
const LEAST_BLOCK_SHARE = 0.01;

/** The lines that held the thread for so long that they are worth a word. */
export function worthwhileBlocks({ blocks, wallMs }: BoundRun): readonly BoundBlock[] {
  return blocks.filter(({ durationMs }) => durationMs >= wallMs * LEAST_BLOCK_SHARE);
}

/** What would help, a sentence each. */
export function boundAdvice(run: BoundRun, bound: Boundness): string[] {
  return [
    ...blockedAdvice(run, bound),
    ...computingAdvice(run, bound),
    asynchronyAdvice(run, bound),
  ];
}

function blockedAdvice(run: BoundRun, { blockedShare = 0 }: Boundness): string[] {
  if (blockedShare < NOTABLE) return [];
  const blocks = worthwhileBlocks(run);
  const longest = blocks.find(({ call }) => call !== undefined) ?? blocks[0];
  const [blocked, free] = [
    formatShare(blockedShare),
    'use an asynchronous form, and the thread is free meanwhile',
  ];
  return longest === undefined
    ? [`It was blocked ${blocked} of the time: ${free}.`]
    : [`It was blocked ${blocked} of the time: ${nameOf(longest)} holds the thread; ${free}.`];
}

function computingAdvice(run: BoundRun, { verdict, cpuShare }: Boundness): string[] {
  if (verdict === 'io' || cpuShare < NOTABLE) return [];
  const longest = worthwhileBlocks(run).find(({ call }) => call === undefined);
  const where = longest === undefined ? '' : `, longest at ${placeOf(longest)}`;
  return [
    `It computed ${formatShare(cpuShare)} of the time${where}: less work, a faster CPU or more cores (threads, processes) help there.`,
  ];
}

function asynchronyAdvice({ environment }: BoundRun, bound: Boundness): string {
  const { verdict, ceiling, waitingShare = 0 } = bound;
  if (ceiling === undefined) {
    return 'Asynchrony can run very many of these at once on one thread: the CPU time of one is too small to tell how many.';
  }
  if (verdict === 'cpu' && waitingShare > MOSTLY_FREE) {
    const cores = environment.cpus === 1 ? 'the one core' : `${environment.cpus} cores`;
    return `The thread itself was free ${formatShare(waitingShare)} of the time: other threads or processes computed, and asynchrony can keep ${cores} busy with them.`;
  }
  const most = formatRatio(ceiling);
  return verdict === 'cpu'
    ? `Asynchrony gains next to nothing: at best ${most} on one thread.`
    : `Asynchrony can run up to ${most} as many of these in the same time on one thread.`;
}

function nameOf(block: BoundBlock): string {
  return block.call === undefined ? placeOf(block) : `${block.call} at ${placeOf(block)}`;
}

function placeOf({ file, line }: BoundBlock): string {
  return `${file}:${line}`;
}
