import { Command, CommanderError } from 'commander';
import { messageOf, UsageError } from '../core/errors.js';
import { packageVersion } from '../core/version.js';
import { TaskError } from '../core/task-error.js';
import { EXIT, taskErrorCode, type ExitCode } from './exit-codes.js';
import { remark } from './terminal.js';

/** Runs the command that the words mean, and resolves to the exit code. Nothing it throws leaves here. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = await buildProgram(words, (ended) => {
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

/** Adds commands to the program; what was typed is for those that must tell tasks from options themselves. */
type AddCommands = (
  program: Command,
  end: (code: ExitCode) => void,
  typed: readonly string[],
) => void;

// In the order of the help.
const COMMANDS: readonly (readonly [names: readonly string[], load: () => Promise<AddCommands>])[] =
  [
    [['serve'], async () => (await import('./command-serve.js')).addServeCommand],
    [['sync', 'async'], async () => (await import('./command-calls.js')).addCallsCommands],
    [['compare'], async () => (await import('./command-compare.js')).addCompareCommand],
    [['sweep'], async () => (await import('./command-sweep.js')).addSweepCommand],
    [['bound'], async () => (await import('./command-bound.js')).addBoundCommand],
    [['download'], async () => (await import('./command-download.js')).addDownloadCommand],
    [['diff'], async () => (await import('./command-diff.js')).addDiffCommand],
    [['loop'], async () => (await import('./command-loop.js')).addLoopCommand],
    [['learn'], async () => (await import('./command-learn.js')).addLearnCommand],
    [['selftest'], async () => (await import('./command-selftest.js')).addSelftestCommand],
  ];

async function buildProgram(
  words: readonly string[],
  end: (code: ExitCode) => void,
): Promise<Command> {
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
  // The one that was named starts sooner without the others, which only a list of all commands needs.
  const named = COMMANDS.filter(([names]) => names.includes(words[0] ?? ''));
  for (const [, load] of named.length > 0 ? named : COMMANDS) (await load())(program, end, words);
  return program;
}
