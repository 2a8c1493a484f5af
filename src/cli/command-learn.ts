import type { Command } from 'commander';
import { UsageError } from '../core/errors.js';
import { parseCount, quoted } from '../core/parse-units.js';
import { LEARN } from '../learn/learn-command.js';
import type { ExitCode } from './exit-codes.js';
import type { CheckWords } from './learn-check.js';
import {
  CHECK_HELP,
  HINT_HELP,
  LEARN_HELP,
  LIST_HELP,
  REPORT_HELP,
  RESET_HELP,
  SOLUTION_HELP,
  START_HELP,
  STATUS_HELP,
  VERIFY_HELP,
} from './learn-help.js';
import type { VerifyWords } from './learn-verify.js';
import { CLASS_RENDERERS } from './learn-report-files.js';
import { outputOption } from './output-file.js';
import { isInteractive } from './terminal.js';
import { valueOption } from './value-option.js';

type End = (code: ExitCode) => void;

interface JsonOption {
  readonly json?: boolean;
}

const JSON_OPTION = ['--json', 'print one JSON document'] as const;
const MOST_SEEDS = 2 ** 32 - 1;
const MOST_CHOICES = 99;
const MOST_SEEDS_VERIFIED = 1000;

/** Adds `lwasync learn`: exercises that are checked by what the code does. */
export function addLearnCommand(program: Command, end: End): void {
  const learn = program
    .command('learn')
    .description('learn asynchronous I/O by exercises that are checked by what your code does')
    .usage('[command]')
    .argument('[command...]', 'without one, a session in this terminal')
    .addHelpText('after', LEARN_HELP)
    .action(async ([word]: readonly string[]) => {
      end(await runSession(learn, word));
    });
  addLooking(learn, end);
  addChecking(learn, end);
  addHelping(learn, end);
  addVerifying(learn, end);
}

async function runSession(learn: Command, word: string | undefined): Promise<ExitCode> {
  if (word !== undefined) {
    const names = learn.commands.map((command) => command.name()).join(', ');
    throw new UsageError(`learn: expected ${names}, or nothing in a terminal, got ${quoted(word)}`);
  }
  const { findCourse } = await import('../learn/course.js');
  const course = findCourse(process.cwd());
  if (!process.stdin.isTTY || !isInteractive(process.stdout, process.env)) {
    throw new UsageError(
      `a session needs a terminal to read keys from and to draw on, and this is none; write: ${LEARN} check`,
    );
  }
  const { runLearnSession } = await import('./learn-session.js');
  return runLearnSession(course);
}

function addLooking(learn: Command, end: End): void {
  learn
    .command('list')
    .description('show the exercises, and in a course how it stands with each')
    .option(...JSON_OPTION)
    .addHelpText('after', LIST_HELP)
    .action(async ({ json = false }: JsonOption) => {
      const { runList } = await import('./learn-list.js');
      end(await runList(json));
    });
  learn
    .command('status')
    .description('show how far you are, and what to do next')
    .option(...JSON_OPTION)
    .addHelpText('after', STATUS_HELP)
    .action(async ({ json = false }: JsonOption) => {
      const { runStatus } = await import('./learn-list.js');
      end(await runStatus(json));
    });
  learn
    .command('report')
    .description('show how far the learners of a class are')
    .argument('[folders...]', 'their courses')
    .addOption(outputOption(CLASS_RENDERERS))
    .option(...JSON_OPTION)
    .addHelpText('after', REPORT_HELP)
    .action(async (folders: string[], options: JsonOption & { output?: readonly string[] }) => {
      const { runReport } = await import('./learn-report.js');
      end(await runReport(folders, options));
    });
}

function addChecking(learn: Command, end: End): void {
  learn
    .command('start')
    .description('make a folder with the exercises to work in')
    .argument('<folder>', 'a new or an empty one, or a course that lacks files')
    .option('--exercises <folder>', 'exercises of your own instead of those of lwasync')
    .addHelpText('after', START_HELP)
    .action(async (folder: string, { exercises }: { readonly exercises?: string }) => {
      const { runStart } = await import('./learn-steps.js');
      end(await runStart(folder, exercises));
    });
  learn
    .command('check')
    .description('run the check of an exercise, or of all')
    .argument('[exercise]', 'its number or its name')
    .option('--again', 'run what has passed and has not changed, too')
    .addOption(
      valueOption('--seed <number>', 'repeat the order of an earlier check', (text) =>
        parseCount(text, { min: 0, max: MOST_SEEDS }),
      ),
    )
    .addOption(
      valueOption('--predict <choice>', 'what you predict, a number from 1', (text) =>
        parseCount(text, { min: 1, max: MOST_CHOICES }),
      ),
    )
    .option(...JSON_OPTION)
    .addHelpText('after', CHECK_HELP)
    .action(async (word: string | undefined, words: CheckWords) => {
      const { runCheck } = await import('./learn-check.js');
      end(await runCheck(word, words));
    });
}

function addHelping(learn: Command, end: End): void {
  learn
    .command('hint')
    .description('show the next hint for what was wrong in the last check')
    .argument('[exercise]', 'the one that is worked at, if none is named')
    .addHelpText('after', HINT_HELP)
    .action(async (word: string | undefined) => {
      const { runHint } = await import('./learn-steps.js');
      end(await runHint(word));
    });
  learn
    .command('solution')
    .description('show the solution of an exercise that has passed')
    .argument('[exercise]', 'the one that is worked at, if none is named')
    .addHelpText('after', SOLUTION_HELP)
    .action(async (word: string | undefined) => {
      const { runSolution } = await import('./learn-steps.js');
      end(await runSolution(word));
    });
  learn
    .command('reset')
    .description('bring an exercise back as it was handed out, and keep your file')
    .argument('<exercise>', 'its number or its name')
    .addHelpText('after', RESET_HELP)
    .action(async (word: string) => {
      const { runReset } = await import('./learn-steps.js');
      end(await runReset(word));
    });
}

function addVerifying(learn: Command, end: End): void {
  learn
    .command('verify')
    .description('hold the checks of a set of exercises against right and wrong answers')
    .argument('[folder]', 'the exercises; those of lwasync, if none is named')
    .addOption(
      valueOption(
        '--seeds <count>',
        'with how many seeds each solution has to pass',
        (text) => parseCount(text, { min: 1, max: MOST_SEEDS_VERIFIED }),
        { value: 3 },
      ),
    )
    .addHelpText('after', VERIFY_HELP)
    .action(async (folder: string | undefined, words: VerifyWords) => {
      const { runVerify } = await import('./learn-verify.js');
      end(await runVerify(folder, words));
    });
}
