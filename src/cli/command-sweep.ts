import { Option, type Command } from 'commander';
import { UsageError } from '../core/errors.js';
import { parseCount } from '../core/parse-units.js';
import type { SweepOver, SweepRun } from '../core/sweep.js';
import { SWEEP_MODES, type SweepMode } from '../experiment/sweep-options.js';
import { checkExpectation } from '../statistics/expectation-check.js';
import type { Expectation } from '../statistics/expectation.js';
import { measuredInSweep } from '../statistics/measured-sweep.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { expectOption } from './expectations.js';
import { addHttpOptions, openTarget, type HttpOptions } from './http-target.js';
import { inTaskSession } from './measuring-session.js';
import { concurrencyOption, parseThreads, toDuration } from './option-parsers.js';
import { openOutputFiles, outputOption, writeOutputFiles, type Renderers } from './output-file.js';
import { levelsExpected, refuseInSweep, sweepCodes } from './sweep-expectations.js';
import { splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { print, remark, styleFor, widthOf } from './terminal.js';
import { valueOption } from './value-option.js';

interface SweepCommandOptions extends HttpOptions {
  readonly over: SweepOver;
  readonly mode: SweepMode;
  readonly max: number;
  readonly concurrency?: number;
  readonly threads?: number;
  readonly budget: number;
  readonly prove?: boolean;
  readonly expect?: Expectation[];
  readonly output?: string[];
  readonly json?: boolean;
}

const MOST_LEVEL = 1_000_000;

const EXAMPLES = `
Examples:
  lwasync sweep                                 calls to the practice server
  lwasync sweep https://example.com/api --max 64
  lwasync sweep pi 2000                         work for a processor gains nothing, and why
  lwasync sweep file big.bin --prove            change what stopped it, and measure again
  lwasync sweep --over number -c 30             how many calls fill 30 in flight
  lwasync sweep ./task.ts -o sweep.html -o sweep.json
  lwasync sweep --expect 'async>=8x@20'         exit 1 if 20 in flight gain less, 4 if that is not certain

Expectations: async>=8x (times the throughput of one in flight), p99<300ms (p50, p90, p95, p99, p99.9, max, mean), rate>=95/s and
errors<1%, each also of one level, as p99<300ms@16, which is then measured. Without a level they are about the one at which the
gain stops, or the last, and errors about every one. A call that failed counts as longer than any latency.

Exit codes: 0 done, 1 an expectation failed, 2 wrong usage, 3 calls failed, 4 inconclusive, 5 the disk is full,
70 a fault of ours, 130 interrupted.`;

// What a sweep can be written as.
const SWEEP_RENDERERS: Renderers<SweepRun> = {
  '.json': async (run) => {
    const { sweepDocument } = await import('../report/sweep-document.js');
    return `${JSON.stringify(sweepDocument(run))}\n`;
  },
  '.html': async (run) => {
    const { renderSweepHtml } = await import('../report/sweep-html.js');
    const { sweepFindings } = await import('../report/sweep-findings.js');
    return renderSweepHtml(run, sweepFindings(run));
  },
  '.svg': async (run) => {
    const { renderSweepSvg } = await import('../report/sweep-svg.js');
    const { sweepFindings } = await import('../report/sweep-findings.js');
    return renderSweepSvg(sweepFindings(run).picture);
  },
  '.md': async (run) => {
    const { renderSweepMarkdown } = await import('../report/sweep-markdown.js');
    return renderSweepMarkdown(run);
  },
};

/** Adds `lwasync sweep`: how much concurrency gains, up to where, and what stops it. */
export function addSweepCommand(
  program: Command,
  end: (code: ExitCode) => void,
  typed: readonly string[],
): void {
  const command = program
    .command('sweep')
    .description('double the calls in flight until that gains nothing more, and say what stops it')
    .addOption(
      new Option('--over <what>', 'what is doubled: calls in flight, or calls a round')
        .choices(['concurrency', 'number'])
        .default('concurrency'),
    )
    .addOption(
      new Option('--mode <mode>', 'how the calls are made').choices(SWEEP_MODES).default('async'),
    )
    .addOption(valueOption('--max <count>', 'the last level to try', parseMost, { value: 256 }))
    .addOption(concurrencyOption())
    .addOption(
      valueOption(
        '--threads <count>',
        'threads of the mode threads (default: one a core)',
        parseThreads,
      ),
    )
    .addOption(
      valueOption('--budget <duration>', 'time for the whole sweep', toDuration, {
        value: 60_000,
        shown: '60s',
      }),
    )
    .option('--prove', 'change what stopped it, where it is on our side, and measure again');
  addHttpOptions(command)
    .addOption(expectOption("'async>=8x', 'async>=8x@20', 'p99<300ms@16' or 'errors<1%'"))
    .addOption(outputOption(SWEEP_RENDERERS))
    .option('--json', 'print one JSON document')
    .addHelpText('after', TASK_HELP + EXAMPLES)
    .action(async (operands: string[], options: SweepCommandOptions) => {
      end(await runSweep(splitOperands(operands, typed), options));
    });
}

function parseMost(text: string): number {
  return parseCount(text, { min: 1, max: MOST_LEVEL });
}

async function runSweep(words: TaskWords, options: SweepCommandOptions): Promise<ExitCode> {
  const { over, mode, concurrency, threads, budget, prove, max } = options;
  const { expect: expectations = [] } = options;
  refuseInSweep(expectations, mode, max);
  const files = await openOutputFiles(options.output ?? [], SWEEP_RENDERERS);
  return inTaskSession(
    () => openTarget(words, options),
    1,
    async ({ task }, during) => {
      if (task.kind === 'program') {
        throw new UsageError(
          `${task.file} exports neither task nor taskSync; write: export async function task(index, signal) { … }`,
        );
      }
      const { sweep } = await import('../experiment/sweep.js');
      const levels = levelsExpected(expectations);
      const limits = { most: max, budgetMs: budget, levels };
      const plan = { task, over, mode, concurrency, threads, ...limits, prove };
      const run = await during((control) => sweep(plan, control));
      await printSweep(run, options.json ?? false);
      const written = await writeOutputFiles(files, run);
      return strongestExitCode([...written, await conclude(run, expectations)]);
    },
  );
}

async function printSweep(run: SweepRun, json: boolean): Promise<void> {
  if (json) {
    const { sweepDocument } = await import('../report/sweep-document.js');
    print(JSON.stringify(sweepDocument(run)));
    return;
  }
  const { renderSweep } = await import('../report/sweep-text.js');
  const text = renderSweep(run, styleFor(process.stdout, process.env), widthOf(process.stdout));
  if (text !== '') print(text);
}

async function conclude(run: SweepRun, expectations: readonly Expectation[]): Promise<ExitCode> {
  const { sweepFailureSentences } = await import('../report/sweep-sentences.js');
  const measured = measuredInSweep(run);
  const checks = expectations.map((expectation) => checkExpectation(expectation, measured));
  const sentences = checks.map(({ sentence }) => sentence);
  for (const text of [...run.warnings, ...sweepFailureSentences(run), ...sentences]) remark(text);
  return strongestExitCode([
    ...(run.interrupted ? [EXIT.interrupted] : []),
    ...sweepCodes(checks, run),
  ]);
}
