import type { Command } from 'commander';
import { parseCount } from '../core/parse-units.js';
import { MODE_NAMES, type ModeName, type Run } from '../core/run.js';
import { checkExpectation, parseExpectation, type Expectation } from '../statistics/expectation.js';
import { judge } from '../statistics/verdict.js';
import { EXIT, failureCodes, strongestExitCode, type ExitCode } from './exit-codes.js';
import { addHttpOptions, type HttpOptions } from './http-target.js';
import { inMeasuringSession } from './measuring-session.js';
import {
  concurrencyOption,
  parseModes,
  parseNumber,
  parseThreads,
  parseWarmup,
  toDuration,
} from './option-parsers.js';
import { openOutputFile, RUN_RENDERERS, writeOutputFile } from './output-file.js';
import { splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { print, remark, styleFor, widthOf } from './terminal.js';
import { valueOption } from './value-option.js';

interface CompareCommandOptions extends HttpOptions {
  readonly number: number;
  readonly concurrency?: number;
  readonly modes?: ModeName[];
  readonly threads?: number;
  readonly warmup: number;
  readonly rounds?: number;
  readonly budget: number;
  readonly double?: boolean;
  readonly expect?: Expectation[];
  readonly output?: string;
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
  lwasync compare -o picture.svg

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
        'exactly so many rounds (default: at least 3, more until the interval is tight)',
        (text) => parseCount(text, { min: 1, max: 1000 }),
      ),
    )
    .addOption(
      valueOption('-w, --warmup <rounds>', 'rounds made first that do not count', parseWarmup, {
        value: 1,
      }),
    )
    .addOption(
      valueOption('--budget <duration>', 'begin no further round after so long', toDuration, {
        value: 15_000,
        shown: '15s',
      }),
    )
    .option('--double', 'measure the same with twice the number of calls too')
    .addOption(
      valueOption<Expectation[]>(
        '--expect <expectation>',
        "fail unless it is so, like 'async>=8x'; may be given again",
        (text, before = []) => [...before, parseExpectation(text)],
      ),
    )
    .option('-o, --output <file>', 'write a report; its ending says which: .json, .md or .svg')
    .option('--json', 'print one JSON document')
    .addHelpText('after', TASK_HELP + EXAMPLES)
    .action(async (operands: string[], options: CompareCommandOptions) => {
      end(await runCompare(splitOperands(operands, typed), options));
    });
}

async function runCompare(words: TaskWords, options: CompareCommandOptions): Promise<ExitCode> {
  const expectations = options.expect ?? [];
  const file =
    options.output === undefined ? undefined : await openOutputFile(options.output, RUN_RENDERERS);
  const { modes, threads, number, concurrency, warmup, rounds, budget, double } = options;
  return inMeasuringSession(words, 2, options, async (measure) => {
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
    await printRun(run, options.json ?? false);
    const written = file === undefined ? [] : [await writeOutputFile(file, run)];
    return strongestExitCode([...written, await conclude(run, expectations)]);
  });
}

async function printRun(run: Run, json: boolean): Promise<void> {
  if (json) {
    const { compareDocument } = await import('../report/compare-document.js');
    print(JSON.stringify(compareDocument(run, false)));
    return;
  }
  const { renderCompare } = await import('../report/compare-text.js');
  const text = renderCompare(run, styleFor(process.stdout, process.env), widthOf(process.stdout));
  if (text !== '') print(text);
}

async function conclude(run: Run, expectations: readonly Expectation[]): Promise<ExitCode> {
  const { failureSentences, leftOutSentences } = await import('../report/sentences.js');
  const verdict = judge(run);
  const checks = expectations.map((expectation) => checkExpectation(expectation, verdict));
  const measurements = [run.measured, ...(run.doubled === undefined ? [] : [run.doubled])];
  const failures = measurements.flatMap(({ modes }) => failureSentences(modes));
  for (const text of [
    ...leftOutSentences(run),
    ...run.warnings,
    ...failures,
    ...checks.map((check) => check.sentence),
  ]) {
    remark(text);
  }
  return strongestExitCode([
    ...(run.interrupted ? [EXIT.interrupted] : []),
    ...failureCodes(measurements.flatMap(({ modes }) => modes)),
    ...(checks.some((check) => check.result === 'failed') ? [EXIT.expectationFailed] : []),
    ...(checks.some((check) => check.result === 'inconclusive') ? [EXIT.inconclusive] : []),
  ]);
}
