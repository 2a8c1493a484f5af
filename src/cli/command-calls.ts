import { Option, type Command } from 'commander';
import type { ModeName, Run } from '../core/run.js';
import { EXIT, failureCodes, strongestExitCode, type ExitCode } from './exit-codes.js';
import { addHttpOptions, type HttpOptions } from './http-target.js';
import { inMeasuringSession } from './measuring-session.js';
import { concurrencyOption, parseNumber, parseWarmup } from './option-parsers.js';
import { splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { print, remark, styleFor } from './terminal.js';
import { valueOption } from './value-option.js';

interface CallsOptions extends HttpOptions {
  readonly number: number;
  readonly concurrency?: number;
  readonly on?: 'node' | 'loop';
  readonly warmup: number;
  readonly json?: boolean;
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
  if (mode === 'async') command.addOption(concurrencyOption()).addOption(eventLoopOption());
  addHttpOptions(command)
    .addOption(
      valueOption('-w, --warmup <rounds>', 'rounds made first that do not count', parseWarmup, {
        value: 0,
      }),
    )
    .option('--json', 'print one JSON document with every call')
    .addHelpText('after', TASK_HELP + examples(mode))
    .action(async (operands: string[], options: CallsOptions) => {
      const words = splitOperands(operands, typed);
      end(await runCalls(options.on === 'loop' ? 'loop' : mode, words, options));
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
    mode === 'async' ? `  lwasync async ${url} -n 200k -c 50 --on loop --no-parse\n` : '';
  return `

Examples:
  lwasync ${mode}                     10 calls to the practice server
  lwasync ${mode} ${url} -n 20
${limited}  lwasync ${mode} -n 10 --json`;
}

function runCalls(mode: ModeName, words: TaskWords, options: CallsOptions): Promise<ExitCode> {
  const { concurrency, number, warmup } = options;
  const json = options.json ?? false;
  return inMeasuringSession(words, 1, options, async (measure) => {
    const run = await measure({
      modes: [mode],
      number,
      warmup,
      concurrency,
      rounds: 1,
      keepAnswers: json && options.parse,
    });
    await printCalls(run, json);
    const { failureSentences } = await import('../report/sentences.js');
    const failures = failureSentences(run.measured.modes);
    for (const text of [...run.warnings, ...failures]) remark(text);
    return strongestExitCode([
      ...failureCodes(run.measured.modes),
      ...(run.interrupted ? [EXIT.interrupted] : []),
    ]);
  });
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
