import type { Command } from 'commander';
import type { BoundRun } from '../core/bound.js';
import { UsageError } from '../core/errors.js';
import { EXIT, strongestExitCode, type ExitCode } from './exit-codes.js';
import { print, remark, styleFor } from './terminal.js';

interface BoundOptions {
  readonly json?: boolean;
}

const HELP = `
The command runs once, as it is and without a shell; a file that ends in .js or .ts (or .mjs, .cjs, .mts, .cts) is run by this
Node. Its CPU time and that of its child processes is held against the time on the clock:

  I/O bound  less than a tenth of the time on the CPU: a faster CPU gains nearly nothing, asynchrony much
  CPU bound  more than two thirds: a faster CPU or more cores help, asynchrony does not
  mixed      between

Of a Node program the time without the CPU is told apart, too: blocked (its thread is held, as by readFileSync) or waiting (its
event loop is free for other work), and the lines that held the thread longest are named. Nothing in the program is changed;
looking on costs about 1 % of a core, and performance.eventLoopUtilization reads too high meanwhile. With --json the command's
output goes to standard error. Ctrl-C is for the command, and what was seen so far is told.

Examples:
  lwasync bound -- python3 client-synchronous.py --number 10
  lwasync bound -- node server.js
  lwasync bound -- ./program.ts --some-option
  lwasync bound -- npx vitest run

Exit codes: 0 done, 2 wrong usage, 3 the command failed, 130 interrupted.`;

/** Adds `lwasync bound`: whether a program is I/O bound or CPU bound, by how much, and what would help. */
export function addBoundCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('bound')
    .description('say whether a program is I/O bound or CPU bound, and what would help')
    .argument('[words...]', 'the command, after --')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (words: string[], options: BoundOptions) => {
      end(await runBound(words, options));
    });
}

async function runBound(
  words: readonly string[],
  { json = false }: BoundOptions,
): Promise<ExitCode> {
  const [file, ...others] = words;
  const example = file === undefined ? 'node program.js' : words.join(' ');
  if (file === undefined || !process.argv.includes('--')) {
    throw new UsageError(`expected a command after --; write: lwasync bound -- ${example}`);
  }
  const { programCommand } = await import('../measure/program-command.js');
  const { observeProgram } = await import('../measure/program-observation.js');
  const run = await observeProgram(programCommand([file, ...others]), json);
  await printBound(run, json);
  const failure = failureOf(run);
  if (failure !== undefined) remark(failure);
  return strongestExitCode([
    ...(failure === undefined ? [] : [EXIT.callsFailed]),
    ...(run.interrupted ? [EXIT.interrupted] : []),
  ]);
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
  const { nearby } = await import('./program-failure.js');
  print(nearby(renderBound(run, styleFor(process.stdout, process.env))));
}
