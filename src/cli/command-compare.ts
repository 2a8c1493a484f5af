import type { Command } from 'commander';
import { parseCount } from '../core/parse-units.js';
import { MODE_NAMES, type ModeName } from '../core/run.js';
import type { Expectation } from '../statistics/expectation.js';
import { reportComparison } from './comparison-report.js';
import type { ExitCode } from './exit-codes.js';
import { expectOption } from './expectations.js';
import { addHttpOptions, openTarget, type HttpOptions } from './http-target.js';
import { inMeasuringSession } from './measuring-session.js';
import {
  concurrencyOption,
  parseModes,
  parseNumber,
  parseThreads,
  parseWarmup,
  toDuration,
} from './option-parsers.js';
import { openOutputFiles, outputOption, RUN_RENDERERS } from './output-file.js';
import { parseTasks, splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { valueOption } from './value-option.js';

interface CompareCommandOptions extends HttpOptions {
  readonly number: number;
  readonly concurrency?: number;
  readonly modes?: ModeName[];
  readonly threads?: number;
  readonly warmup?: number;
  readonly rounds?: number;
  readonly budget: number;
  readonly double?: boolean;
  readonly expect?: Expectation[];
  readonly output?: string[];
  readonly json?: boolean;
}

const EXAMPLES = `

Examples:
  lwasync compare                               10 calls to the practice server, every mode
  lwasync compare https://example.com/api -n 100 -c 10
  lwasync compare -n 20 --double                measure what doubling does instead of predicting it
  lwasync compare -n 50 --expect 'async>=8x'    exit 1 if it is less, 4 if that is not certain
  lwasync compare --modes sync,async,loop       Node's event loop beside our own
  lwasync compare pi 2000 -n 10                 work for a processor
  lwasync compare ./task.ts -n 50               your own function
  lwasync compare a.ts b.ts -n 10               two programs as they are, each run with --number 10
  lwasync compare http://a/ http://b/ -n 50     two endpoints
  lwasync compare -o report.html -o run.json    a page to show, and the data to compare with later

Expectations: async>=8x (times as fast as the baseline; async>=8x@20 with 20 calls), p99<300ms (p50, p90, p95, p99, p99.9, max,
mean), rate>=95/s and errors<1%, each of one mode as async:p99<300ms. Without a mode a latency and a rate are those of the
fastest mode, errors those of every mode. A call that failed counts as longer than any latency.

Exit codes: 0 done, 1 an expectation failed, 2 wrong usage, 3 calls failed, 4 inconclusive, 5 the disk is full,
70 a fault of ours, 130 interrupted.`;

/** Adds `lwasync compare`: the same calls in every mode, and which wins by how many times. */
export function addCompareCommand(
  program: Command,
  end: (code: ExitCode) => void,
  typed: readonly string[],
): void {
  const command = program
    .command('compare')
    .description('make N calls in each mode and say which wins, by how many times')
    .addOption(valueOption('-n, --number <count>', 'calls a round', parseNumber, { value: 10 }))
    .addOption(concurrencyOption())
    .addOption(
      valueOption(
        '--modes <list>',
        `modes to run, out of ${MODE_NAMES.join(', ')} (default: those that tell something)`,
        parseModes,
      ),
    )
    .addOption(
      valueOption(
        '--threads <count>',
        'threads of the mode threads (default: one a core)',
        parseThreads,
      ),
    );
  addHttpOptions(command)
    .addOption(
      valueOption(
        '-r, --rounds <count>',
        'exactly so many rounds (default: as many as fit --budget, 3 to 10)',
        (text) => parseCount(text, { min: 1, max: 1000 }),
      ),
    )
    .addOption(
      valueOption(
        '-w, --warmup <rounds>',
        'rounds made first that do not count (default: until a mode gets no faster, at most 5)',
        parseWarmup,
      ),
    )
    .addOption(
      valueOption(
        '--budget <duration>',
        'how long all rounds may take, unless --rounds is given',
        toDuration,
        {
          value: 15_000,
          shown: '15s',
        },
      ),
    )
    .option('--double', 'measure the same with twice the number of calls too')
    .addOption(expectOption("'async>=8x', 'p99<300ms' or 'errors<1%'"))
    .addOption(outputOption(RUN_RENDERERS))
    .option('--json', 'print one JSON document')
    .addHelpText('after', TASK_HELP + EXAMPLES)
    .action(async (operands: string[], options: CompareCommandOptions) => {
      end(await runCompare(splitOperands(operands, typed), options));
    });
}

async function runCompare(words: TaskWords, options: CompareCommandOptions): Promise<ExitCode> {
  const expectations = options.expect ?? [];
  if (expectations.length > 0) {
    const { refuseInCompare } = await import('./compare-expectations.js');
    await refuseInCompare(expectations, parseTasks(words, options.timeout), options);
  }
  const files = await openOutputFiles(options.output ?? [], RUN_RENDERERS);
  const { modes, threads, number, concurrency, warmup, rounds, budget, double } = options;
  return inMeasuringSession(
    () => openTarget(words, options),
    2,
    async (measure) => {
      const run = await measure({
        modes,
        threads,
        number,
        concurrency,
        warmup,
        rounds,
        budgetMs: budget,
        double,
      });
      return reportComparison(run, { files, expectations, json: options.json ?? false });
    },
  );
}
