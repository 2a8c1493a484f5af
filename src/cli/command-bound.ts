import type { Command } from 'commander';
import type { BoundRun } from '../core/bound.js';
import { UsageError } from '../core/errors.js';
import { TASK_KINDS } from '../core/run.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { addHttpOptions, openTarget, type HttpOptions } from './http-target.js';
import { inMeasuringSession } from './measuring-session.js';
import { parseNumber } from './option-parsers.js';
import { openOutputFiles, outputOption, writeOutputFiles, type Renderers } from './output-file.js';
import { splitOperands, TASK_HELP, type TaskWords } from './task-words.js';
import { print, remark, styleFor } from './terminal.js';
import { valueOption } from './value-option.js';

interface BoundOptions extends HttpOptions {
  readonly number: number;
  readonly output?: string[];
  readonly json?: boolean;
}

/** What a run can be written as. */
const BOUND_RENDERERS: Renderers<BoundRun> = {
  '.json': async (run) => {
    const { boundDocument } = await import('../report/bound-document.js');
    return `${JSON.stringify(boundDocument(run))}\n`;
  },
  '.html': async (run) => {
    const { renderBoundHtml } = await import('../report/bound-html.js');
    return renderBoundHtml(await shortened(run));
  },
  '.md': async (run) => {
    const { renderBoundMarkdown } = await import('../report/bound-markdown.js');
    return renderBoundMarkdown(await shortened(run));
  },
};

const HELP = `

What stands after -- runs once, as it is and without a shell; a file that ends in .js or .ts (or .mjs, .cjs, .mts, .cts) is run
by this Node. A task is done N times, one after another. The CPU time is held against the time on the clock:

  I/O bound  less than a tenth of the time on the CPU: a faster CPU gains nearly nothing, asynchrony much
  CPU bound  more than two thirds: a faster CPU or more cores help, asynchrony does not
  mixed      between

Of a Node program, and of a task, the time without the CPU is told apart, too: blocked (the thread is held, as by readFileSync)
or waiting (the event loop is free for other work). Of a Node program the lines that held the thread longest are named. Nothing
in it is changed; looking on costs 1 to 2 % of a core, and performance.eventLoopUtilization reads too high in it meanwhile. With
--json the command's output goes to standard error. Ctrl-C is for the command, and what was seen so far is told.

Examples:
  lwasync bound -- python3 client-synchronous.py --number 10
  lwasync bound -- node server.js
  lwasync bound -- ./program.ts --some-option
  lwasync bound pi 2000
  lwasync bound https://example.com/api -n 20
  lwasync bound -o bound.html -- node program.js

Exit codes: 0 done, 2 wrong usage, 3 the command or calls failed, 70 a fault of ours, 130 interrupted.`;

/** Adds `lwasync bound`: whether a program or a task is I/O bound or CPU bound, by how much, and what would help. */
export function addBoundCommand(
  program: Command,
  end: (code: ExitCode) => void,
  typed: readonly string[],
): void {
  const command = program
    .command('bound')
    .description('say whether a program or a task is I/O bound or CPU bound, and what would help')
    .usage('[options] [task...]\n       lwasync bound [options] -- command [words...]')
    .addOption(
      valueOption('-n, --number <count>', 'how often to do a task', parseNumber, { value: 10 }),
    );
  addHttpOptions(command)
    .addOption(outputOption(BOUND_RENDERERS))
    .option('--json', 'print one JSON document')
    .addHelpText('after', TASK_HELP + HELP)
    .action(async (operands: string[], options: BoundOptions) => {
      const words = splitOperands(operands, typed);
      const [file, ...others] = words.words.length === 0 ? (words.command ?? []) : [];
      end(
        file === undefined
          ? await boundOfTask(words, options)
          : await boundOfCommand([file, ...others], options),
      );
    });
}

async function boundOfCommand(
  command: readonly [string, ...string[]],
  { json = false, output = [] }: BoundOptions,
): Promise<ExitCode> {
  const files = await openOutputFiles(output, BOUND_RENDERERS);
  const { programCommand } = await import('../measure/program-command.js');
  const { observeProgram } = await import('../measure/program-observation.js');
  const run = await observeProgram(programCommand(command), json);
  await printBound(run, json);
  const written = await writeOutputFiles(files, run);
  const failure = failureOf(run);
  if (failure !== undefined) remark(failure);
  return strongestExitCode([
    ...written,
    ...(failure === undefined ? [] : [EXIT.callsFailed]),
    ...(run.interrupted ? [EXIT.interrupted] : []),
  ]);
}

async function boundOfTask(words: TaskWords, options: BoundOptions): Promise<ExitCode> {
  refuseCommand(words);
  const files = await openOutputFiles(options.output ?? [], BOUND_RENDERERS);
  return inMeasuringSession(
    () => openTarget(words, options),
    1,
    async (measure) => {
      const { number, json = false } = options;
      const modes = ['async'] as const;
      const run = await measure({ modes, number, concurrency: 1, rounds: 1, warmup: 1 });
      const { boundOfRun } = await import('../experiment/bound-of-run.js');
      const { failureSentences, leftOutSentences } = await import('../report/sentences.js');
      const bound = boundOfRun(run);
      if (bound !== undefined) await printBound(bound, json);
      const written = bound === undefined ? [] : await writeOutputFiles(files, bound);
      const failures = failureSentences(run.measured.modes);
      for (const text of [...leftOutSentences(run), ...failures]) remark(text);
      return strongestExitCode([
        ...written,
        ...(bound === undefined ? [EXIT.usage] : []),
        ...(failures.length > 0 ? [EXIT.callsFailed] : []),
        ...(run.interrupted ? [EXIT.interrupted] : []),
      ]);
    },
  );
}

/** Nobody means a task by `node program.js`. */
function refuseCommand({ words }: TaskWords): void {
  const [first = ''] = words;
  if (!/^[\w-]+$/.test(first) || TASK_KINDS.some((kind) => kind === first)) return;
  throw new UsageError(
    `'${first}' is no task; before a command write --, like: lwasync bound -- ${words.join(' ')}`,
  );
}

/** How the command failed by itself. */
function failureOf({ ending, interrupted }: BoundRun): string | undefined {
  if (ending.kind === 'done' || interrupted) return undefined;
  return ending.kind === 'code'
    ? `the command ended with exit code ${ending.code}`
    : `the command was ended by ${ending.signal}`;
}

async function printBound(run: BoundRun, json: boolean): Promise<void> {
  if (json) {
    const { boundDocument } = await import('../report/bound-document.js');
    print(JSON.stringify(boundDocument(run)));
    return;
  }
  const { renderBound } = await import('../report/bound-text.js');
  print(renderBound(await shortened(run), styleFor(process.stdout, process.env)));
}

// Whoever reads a report knows the folder that it was made in.
async function shortened(run: BoundRun): Promise<BoundRun> {
  const { nearby } = await import('./program-failure.js');
  return {
    ...run,
    text: nearby(run.text),
    blocks: run.blocks.map((block) => ({ ...block, file: nearby(block.file) })),
    notes: run.notes.map((note) => nearby(note)),
  };
}
