import { setTimeout as pause } from 'node:timers/promises';
import type { BenchContext, Block } from './group.js';
import { Measurements, type Outcome, type Subject } from './measurements.js';

/** What is measured once in every round. */
export interface Job<Figure extends string> {
  readonly subject: Subject;
  /** What goes wrong with what is measured is an outcome; where it rejects, its reason is. */
  measure(signal: AbortSignal): Promise<Outcome<Figure>>;
}

// For a server to close what the client before left behind.
const PAUSE_MS = 300;

/** Measures every job in every round. */
export async function measureInRounds<Figure extends string>(
  jobs: readonly Job<Figure>[],
  { rounds, signal, progress }: BenchContext,
): Promise<Measurements<Figure>> {
  const measurements = new Measurements<Figure>();
  for (let round = 1; round <= rounds; round += 1) {
    // Every other round goes backwards, so that nobody profits from always coming after the same neighbour.
    for (const job of round % 2 === 0 ? jobs.toReversed() : jobs) {
      const { name, setting } = job.subject;
      progress(`round ${round} of ${rounds}: ${name}, ${setting}`);
      await pause(PAUSE_MS, undefined, { signal });
      measurements.add(job.subject, await outcomeOf(job, signal));
    }
  }
  return measurements;
}

// A server that did not start, say, is no reason to give the other measurements up.
async function outcomeOf<Figure extends string>(
  job: Job<Figure>,
  signal: AbortSignal,
): Promise<Outcome<Figure>> {
  try {
    return await job.measure(signal);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'none', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** How many rounds there were and what their figures are, as a sentence. */
export function describeRounds(rounds: number): string {
  return rounds === 1
    ? 'One round was made, so the figures are examples and no findings.'
    : `${rounds} rounds were made, every other one backwards; a figure is the median, in brackets are the smallest and the ` +
        'largest. A ratio is taken round by round.';
}

/** The rounds that cannot be used, when there are any. */
export function failureBlocks(failures: readonly string[]): Block[] {
  if (failures.length === 0) return [];
  return [
    { kind: 'heading', text: 'Runs that do not count' },
    { kind: 'paragraph', text: 'A run in which anything failed counts in no median.' },
    { kind: 'list', items: failures },
  ];
}
