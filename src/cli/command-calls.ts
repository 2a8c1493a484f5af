import { Option, type Command } from 'commander';
import type { ModeName, Run } from '../core/run.js';
import { checkExpectation } from '../statistics/expectation-check.js';
import { measuredIn } from '../statistics/measured.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { checkedCodes, expectOption, refuseExpectations } from './expectations.js';
import { addHttpOptions, openTarget } from './http-target.js';
import { addLoadOptions, isLoad, runLoadCalls, type LoadCallsOptions } from './load-calls.js';
import { inMeasuringSession } from './measuring-session.js';
import { openOutputFiles, outputOption, RUN_RENDERERS, writeOutputFiles } from './output-file.js';
import { concurrencyOption, parseNumber, parseWarmup } from './option-parsers.js';
import { splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { print, remark, styleFor } from './terminal.js';
import { valueOption } from './value-option.js';

interface CallsOptions extends LoadCallsOptions {
  readonly on?: 'node' | 'loop';
}

/** Adds `lwasync sync` and `lwasync async`: N calls in one mode, as the two programs of the exercise make them. */
export function addCallsCommands(
  program: Command,
  end: (code: ExitCode) => void,
  typed: readonly string[],
): void {
  const add = (mode: ModeName, description: string): void => {
    addCallsCommand(program, mode, description, end, typed);
  };
  add('sync', 'make N calls one after another, the thread blocked');
  add('async', 'make N calls in flight together');
}

function addCallsCommand(
  program: Command,
  mode: ModeName,
  description: string,
  end: (code: ExitCode) => void,
  typed: readonly string[],
): void {
  const command = program
    .command(mode)
    .description(description)
    .addOption(valueOption('-n, --number <count>', 'how many calls', parseNumber, { value: 10 }));
  if (mode === 'async')
    command
      .addOption(concurrencyOption('all; with -d 50, with --rate all that are due'))
      .addOption(eventLoopOption());
  addLoadOptions(command, mode);
  addHttpOptions(command)
    .addOption(
      valueOption(
        '-w, --warmup <rounds>',
        'rounds made first that do not count; with -d or --rate: none keeps the warm-up that is found',
        parseWarmup,
        { value: 0, shown: '0' },
      ),
    )
    .addOption(outputOption(RUN_RENDERERS))
    .addOption(expectOption("'p99<300ms', 'errors<1%' or 'rate>=95/s'"))
    .option('--json', 'print one JSON document, with every call unless under load')
    .addHelpText('after', TASK_HELP + examples(mode))
    .action(async (operands: string[], options: CallsOptions) => {
      const words = splitOperands(operands, typed);
      const how = options.on === 'loop' ? 'loop' : mode;
      end(
        await (isLoad(options)
          ? runLoadCalls(how, words, options, command)
          : runCalls(how, words, options)),
      );
    });
}

function eventLoopOption(): Option {
  return new Option('--on <event loop>', "whose event loop waits: Node's or the one of lwasync")
    .choices(['node', 'loop'])
    .default('node');
}

function examples(mode: ModeName): string {
  const url = 'http://localhost:8080/say-hi';
  const limited =
    mode === 'async'
      ? `  lwasync async ${url} -n 200k -c 50 --on loop --no-parse
  lwasync async ${url} -d 10s --rate 100 -c 4
`
      : '';
  return `

Examples:
  lwasync ${mode}                     10 calls to the practice server
  lwasync ${mode} ${url} -n 20
  lwasync ${mode} ${url} -d 10s${mode === 'async' ? ' -c 50' : ''}
${limited}  lwasync ${mode} -n 10 --json`;
}

async function runCalls(
  mode: ModeName,
  words: TaskWords,
  options: CallsOptions,
): Promise<ExitCode> {
  const { concurrency, number, warmup, expect: expectations = [] } = options;
  refuseExpectations(expectations, {
    names: [mode],
    whyMissing: () => undefined,
    baseline: undefined,
    sizes: [number],
    howToSize: (size) => `-n ${size}`,
  });
  const files = await openOutputFiles(options.output ?? [], RUN_RENDERERS);
  const json = options.json ?? false;
  return inMeasuringSession(
    () => openTarget(words, options),
    1,
    async (measure) => {
      const run = await measure({
        modes: [mode],
        number,
        warmup,
        concurrency,
        rounds: 1,
        keepAnswers: json && options.parse,
      });
      await printCalls(run, json);
      const written = await writeOutputFiles(files, run);
      const { failureSentences } = await import('../report/sentences.js');
      const failures = failureSentences(run.measured.modes);
      const found = measuredIn(run);
      const checks = expectations.map((expectation) => checkExpectation(expectation, found));
      const checked = checks.map((check) => check.sentence);
      for (const text of [...run.warnings, ...failures, ...checked]) remark(text);
      return strongestExitCode([
        ...written,
        ...checkedCodes(checks, run.measured.modes),
        ...(run.interrupted ? [EXIT.interrupted] : []),
      ]);
    },
  );
}

async function printCalls(run: Run, json: boolean): Promise<void> {
  if (json) {
    const { callsDocument } = await import('../report/calls-document.js');
    print(JSON.stringify(callsDocument(run)));
    return;
  }
  const { renderCalls } = await import('../report/calls-text.js');
  print(renderCalls(run, styleFor(process.stdout, process.env)));
}
