import { Command, CommanderError } from 'commander';
import { messageOf, UsageError } from '../core/errors.js';
import { packageVersion } from '../core/version.js';
import { addBoundCommand } from './command-bound.js';
import { addCallsCommands } from './command-calls.js';
import { addCompareCommand } from './command-compare.js';
import { addDiffCommand } from './command-diff.js';
import { addDownloadCommand } from './command-download.js';
import { addLoopCommand } from './command-loop.js';
import { addServeCommand } from './command-serve.js';
import { TaskError } from '../core/task-error.js';
import { addSelftestCommand } from './command-selftest.js';
import { addSweepCommand } from './command-sweep.js';
import { EXIT, taskErrorCode, type ExitCode } from './exit-codes.js';
import { remark } from './terminal.js';

/** Runs the command that the words mean, and resolves to the exit code. Nothing it throws leaves here. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = buildProgram(words, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    // commander has printed its sentence already; its exit code is 0 where help was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    remark(messageOf(error));
    if (error instanceof UsageError) return EXIT.usage;
    if (error instanceof TaskError) return taskErrorCode(error.code);
    const hint = 'this is a fault of lwasync; LWASYNC_DEBUG=1 shows where';
    remark(
      process.env['LWASYNC_DEBUG'] === '1' && error instanceof Error ? `${error.stack}` : hint,
    );
    return EXIT.ourFault;
  }
}

function buildProgram(words: readonly string[], end: (code: ExitCode) => void): Command {
  const program = new Command('lwasync')
    .description(
      'Runs the same I/O-bound work synchronously and asynchronously and says which wins.',
    )
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        const sentence = text
          .replace(/^error: /, '')
          .trim()
          .replace(/\.$/, '')
          .replaceAll('\n', ' ');
        write(`lwasync: ${sentence}; --help shows what can be written\n`);
      },
    });
  addServeCommand(program, end);
  addCallsCommands(program, end, words);
  addCompareCommand(program, end, words);
  addSweepCommand(program, end, words);
  addBoundCommand(program, end, words);
  addDownloadCommand(program, end);
  addDiffCommand(program, end);
  addLoopCommand(program, end);
  addSelftestCommand(program, end);
  return program;
}
