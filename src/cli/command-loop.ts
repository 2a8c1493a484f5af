import type { Command } from 'commander';
import { UsageError } from '../core/errors.js';
import type { LoopRecord } from '../loop/instruments/record.js';
import type { LoopProgram } from '../report/loop-document.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { toDuration } from './option-parsers.js';
import { openOutputFile, writeOutputFile, type Renderers } from './output-file.js';
import { print, remark, styleFor } from './terminal.js';
import { valueOption } from './value-option.js';

interface LoopOptions {
  readonly slow: number;
  readonly step?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

const HELP = `
The program exports main: a generator function, which runs on loop.run, or an async function, which runs on loop.host. A
program that makes an EventLoop and runs it by itself is watched as well. It finds its words in process.argv.

What the program prints stays as it is; the summary goes to standard error. With --json the document is all there is on
standard output, and what the program prints goes to standard error. Ctrl-C prints the summary so far; within loop.run, which
blocks the thread, and with --step it ends the process at once. While --step pauses, the clock goes on.

Examples:
  lwasync loop examples/loop-two-sleeps.ts
  lwasync loop server.ts -- --port 8080            what follows -- is for the program
  lwasync loop program.ts -o run.trace.json        open it at https://ui.perfetto.dev
  lwasync loop program.ts --slow 20ms              warn of callbacks that keep the thread for 20 ms
  lwasync loop program.ts --step                   pause after each phase and look at the queues

Exit codes: 0 done, 1 the program failed, 2 wrong usage, or no event loop here, 5 the disk is full, 130 interrupted.`;

const RENDERERS: Renderers<LoopRecord> = {
  '.trace.json': async (record) => {
    const { toTraceEvents } = await import('../loop/instruments/trace-events.js');
    return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: toTraceEvents(record) })}\n`;
  },
};

/** Adds `lwasync loop`: runs a program on the event loop and says what the loop did. */
export function addLoopCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('loop')
    .description('run a program on the event loop written here, and say what the loop did')
    .argument('<file>', 'the program: a .ts or .js file that exports main')
    .argument('[words...]', 'words for the program; write -- before them')
    .addOption(
      valueOption('--slow <duration>', 'warn of callbacks that take so long', toDuration, {
        value: 100,
        shown: '100ms',
      }),
    )
    .option('--step', 'pause after each phase of each pass and show the queues')
    .option('-o, --output <file>', 'write a trace for https://ui.perfetto.dev: .trace.json')
    .option('--json', 'print the summary as one JSON document')
    .addHelpText('after', HELP)
    .action(async (file: string, words: string[], options: LoopOptions) => {
      end(await runLoop(file, words, options));
    });
}

async function runLoop(
  file: string,
  words: readonly string[],
  options: LoopOptions,
): Promise<ExitCode> {
  const { EventLoop } = await import('../loop/event-loop.js');
  const why = EventLoop.unavailable();
  if (why !== undefined) {
    remark(why);
    return EXIT.usage;
  }
  const output =
    options.output === undefined ? undefined : await openOutputFile(options.output, RENDERERS);
  const { findProgram, runProgram } = await import('./loop-program.js');
  const program = await findProgram(file);
  const { onLoopInterrupt } = await import('./loop-interrupt.js');
  const { watchLoops } = await import('./loop-watch.js');
  const { slow: slowMs, step = false, json = false } = options;
  const { instrument: other, interrupted } = onLoopInterrupt(step);
  const watch = watchLoops({ program, slowMs, step, other });
  const ending = await runProgram(program, { words, printsAside: json, interrupted });
  const record = watch.end();
  if (ending.kind === 'failed') remark(`the program failed: ${ending.description}`);
  if (ending.kind === 'done' && ending.isScript && record.passes.length === 0) {
    throw new UsageError(
      `${file} exports no main and runs no event loop; write: export function* main() { … yield* sleep(100); … }`,
    );
  }
  await printSummary(record, json, {
    file,
    ending: ending.kind,
    error: ending.kind === 'failed' ? ending.message : undefined,
    warnings: watch.warnings,
  });
  const code = strongestExitCode([
    ...(output === undefined ? [] : [await writeOutputFile(output, record)]),
    ...(ending.kind === 'failed' ? [EXIT.programFailed] : []),
    ...(ending.kind === 'interrupted' ? [EXIT.interrupted] : []),
  ]);
  // It may go on, whatever it is that it waits for.
  if (ending.kind !== 'done') process.exit(code);
  return code;
}

async function printSummary(
  record: LoopRecord,
  json: boolean,
  program: LoopProgram,
): Promise<void> {
  const { summarize } = await import('../loop/instruments/summary.js');
  const summary = summarize(record);
  if (json) {
    const { loopDocument } = await import('../report/loop-document.js');
    print(JSON.stringify(loopDocument(summary, program)));
    return;
  }
  if (record.passes.length === 0) return;
  const { renderLoop } = await import('../report/loop-text.js');
  const { nearby } = await import('./program-failure.js');
  process.stderr.write(`${nearby(renderLoop(summary, styleFor(process.stderr, process.env)))}\n`);
}
