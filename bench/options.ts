import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Extent } from './group.js';

/** What the command line of the benchmarks asks for. */
export interface BenchOptions extends Extent {
  /** The file that the document is written to. */
  readonly output: string;
  /** The name of the only group to be measured; without one all are. */
  readonly only: string | undefined;
}

/** The command line cannot be used as it is; the message says what to type instead. */
export class BenchUsageError extends Error {}

const MOST_ROUNDS = 100;
// Compiled, this file lies in .cache/bench/, two floors below the repository's root.
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

/**
 * Reads `--rounds R` (5), `--quick`, `--only GROUP` (one of `groups`) and `--output FILE` (docs/benchmarks.md of this
 * repository).
 *
 * @throws {BenchUsageError} when there is anything else, or a value that cannot be used.
 */
export function parseBenchOptions(
  words: readonly string[],
  groups: readonly string[],
): BenchOptions {
  const { rounds, quick = false, only, output } = parseWords(words);
  if (rounds !== undefined && quick) {
    throw new BenchUsageError('--quick makes exactly one round; leave out --rounds');
  }
  if (only !== undefined && !groups.includes(only)) {
    throw new BenchUsageError(`--only: expected one of ${groups.join(', ')}, got '${only}'`);
  }
  if (only !== undefined && output !== undefined) {
    throw new BenchUsageError('a document needs all groups; leave out --only or --output');
  }
  const file = output ?? DOCUMENT;
  return { rounds: quick ? 1 : wholeNumber(rounds ?? '5'), quick, only, output: file };
}

function parseWords(words: readonly string[]): {
  rounds?: string;
  quick?: boolean;
  only?: string;
  output?: string;
} {
  try {
    return parseArgs({
      args: [...words],
      options: {
        rounds: { type: 'string' },
        quick: { type: 'boolean' },
        only: { type: 'string' },
        output: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new BenchUsageError(
      `${fault}; expected [--rounds R] [--quick] [--only GROUP] [--output FILE]`,
    );
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST_ROUNDS) return value;
  throw new BenchUsageError(
    `--rounds: expected a whole number from 1 to ${MOST_ROUNDS}, got '${text}'`,
  );
}
