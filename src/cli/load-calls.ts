import type { Command } from 'commander';
import { UsageError } from '../core/errors.js';
import type { LoadRun } from '../core/load.js';
import { parseCallRate } from '../core/parse-units.js';
import type { ModeName } from '../core/run.js';
import { checkExpectation } from '../statistics/expectation-check.js';
import type { Expectation } from '../statistics/expectation.js';
import { measuredUnderLoad } from '../statistics/measured-load.js';
import { EXIT, strongestExitCode, taskErrorCode, type ExitCode } from './exit-codes.js';
import { judgedCodes, refuseExpectations } from './expectations.js';
import { openTarget, type HttpOptions } from './http-target.js';
import { inTaskSession } from './measuring-session.js';
import { toPositiveDuration } from './option-parsers.js';
import { openOutputFiles, writeOutputFiles, type Renderers } from './output-file.js';
import type { TaskWords } from './task-words.js';
import { print, remark, styleFor, widthOf } from './terminal.js';
import { valueOption } from './value-option.js';

/** The options that make load of calls: for so long, at such a rate. */
export interface LoadCallsOptions extends HttpOptions {
  readonly number: number;
  readonly concurrency?: number;
  readonly duration?: number;
  /** The same as `duration`, as other tools call it. */
  readonly z?: number;
  readonly rate?: number;
  readonly warmup: number;
  readonly expect?: Expectation[];
  readonly output?: string[];
  readonly json?: boolean;
}

/** What a load run can be written as. */
const LOAD_RENDERERS: Renderers<LoadRun> = {
  '.json': async (run) => {
    const { loadDocument } = await import('../report/load-document.js');
    return `${JSON.stringify(loadDocument(run))}\n`;
  },
  '.html': async (run) => {
    const { renderLoadHtml } = await import('../report/load-html.js');
    return renderLoadHtml(run);
  },
  '.svg': async (run) => {
    const { renderLoadSvg } = await import('../report/load-svg.js');
    return renderLoadSvg(run);
  },
  '.md': async (run) => {
    const { renderLoadMarkdown } = await import('../report/load-markdown.js');
    return renderLoadMarkdown(run);
  },
};

/** Adds the options that make load of calls. */
export function addLoadOptions(command: Command, mode: ModeName): void {
  command
    .addOption(
      valueOption(
        '-d, --duration <time>',
        'make calls for so long instead of -n',
        toPositiveDuration,
      ),
    )
    .addOption(valueOption('-z <time>', 'the same as -d', toPositiveDuration).hideHelp());
  if (mode === 'async') {
    command.addOption(
      valueOption(
        '--rate <per second>',
        'begin so many calls a second whatever the answers; latency counts from the intended start',
        parseCallRate,
      ),
    );
  }
}

/** Whether the options ask for load. */
export function isLoad({ duration, z, rate }: LoadCallsOptions): boolean {
  return (duration ?? z ?? rate) !== undefined;
}

/**
 * Makes load of calls and reports it.
 *
 * @throws {UsageError} when options contradict each other.
 */
export async function runLoadCalls(
  mode: ModeName,
  words: TaskWords,
  options: LoadCallsOptions,
  command: Command,
): Promise<ExitCode> {
  const typed = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const { concurrency, rate: ratePerSecond } = options;
  const durationMs = options.duration ?? options.z;
  if (durationMs !== undefined && typed('number')) {
    throw new UsageError('expected --duration or --number, got both; leave one of them out');
  }
  if (options.warmup > 0) {
    throw new UsageError(
      '--warmup: with --duration or --rate the warm-up is found in the measurement; expected none, which keeps it in',
    );
  }
  const cutWarmup = !typed('warmup');
  const { expect: expectations = [] } = options;
  refuseExpectations(expectations, {
    names: [mode],
    whyMissing: () => undefined,
    baseline: undefined,
    sizes: undefined,
    howToSize: () => '',
  });
  const sized = expectations.find(({ at }) => at !== undefined);
  if (sized !== undefined) {
    throw new UsageError(
      `--expect: '${sized.text}' names a number of calls, which calls under load have not; leave out what stands from @ on`,
    );
  }
  const files = await openOutputFiles(options.output ?? [], LOAD_RENDERERS);
  return inTaskSession(
    () => openTarget(words, options),
    1,
    async ({ task }, during) => {
      if (task.kind === 'program') {
        throw new UsageError(
          `${task.file} exports neither task nor taskSync; write: export async function task(index, signal) { … }`,
        );
      }
      const { load } = await import('../experiment/load.js');
      const number = durationMs === undefined ? options.number : undefined;
      const plan = { task, mode, durationMs, number, ratePerSecond, concurrency, cutWarmup };
      const run = await during((control) => load(plan, control));
      await printLoad(run, options.json ?? false);
      const written = await writeOutputFiles(files, run);
      return strongestExitCode([...written, await conclude(run, expectations)]);
    },
  );
}

async function printLoad(run: LoadRun, json: boolean): Promise<void> {
  if (json) {
    const { loadDocument } = await import('../report/load-document.js');
    print(JSON.stringify(loadDocument(run)));
    return;
  }
  const { renderLoad } = await import('../report/load-text.js');
  print(renderLoad(run, styleFor(process.stdout, process.env), widthOf(process.stdout)));
}

async function conclude(run: LoadRun, expectations: readonly Expectation[]): Promise<ExitCode> {
  const { loadFailureSentences } = await import('../report/load-sentences.js');
  const failures = loadFailureSentences(run);
  const measured = measuredUnderLoad(run);
  const checks = expectations.map((expectation) => checkExpectation(expectation, measured));
  for (const text of [...run.warnings, ...failures, ...checks.map((check) => check.sentence)]) {
    remark(text);
  }
  const codes = [
    ...run.failures.map(({ code }) => taskErrorCode(code)),
    ...(failures.length > 0 ? [EXIT.callsFailed] : []),
  ];
  return strongestExitCode([
    ...judgedCodes(checks, [{ name: run.mode, codes }]),
    ...(run.interrupted ? [EXIT.interrupted] : []),
  ]);
}
