const CODES = 'Exit codes: 0 done, 2 wrong usage, 70 a fault of ours.';

/** After the options of `lwasync learn`. */
export const LEARN_HELP: string = `
In a terminal and without a command, it shows the exercise that you are at, watches its file and checks it each time you save.
The commands do the same in steps, for editors, scripts and teachers; all but list, start, report and verify are for the course that the
working folder lies in. An exercise is named by its number, the begin of its name or a file of it: 3, all-at-once,
03-all-at-once, 03-all-at-once/exercise.ts.

What is checked is what the code does: how many calls a server saw at once, whether the thread was free, what was left over.
The code that is checked runs on this machine like any program, in a process of its own, and is not sandboxed: it can do whatever
you can do. Check nobody's code that you would not run.

Examples:
  lwasync learn start my-course
  cd my-course
  lwasync learn
  lwasync learn check 3
  lwasync learn hint

Exit codes: 0 done, 1 something that was checked has not passed, 2 wrong usage, 70 a fault of ours, 130 interrupted.`;

/** After the options of `lwasync learn list`. */
export const LIST_HELP: string = `
In a course: how it stands with each exercise, and with > the one that is worked at. Elsewhere: the exercises that come with
lwasync.

  ✓ passed     ~ passed, but it or its check has changed since     ✗ not yet     · not begun: it is as it was handed out

Examples:
  lwasync learn list
  lwasync learn list --json

${CODES}`;

/** After the options of `lwasync learn status`. */
export const STATUS_HELP: string = `
How many exercises have passed, the one that is worked at, what its last check said, and what to do next. Nothing is run.

Examples:
  lwasync learn status
  lwasync learn status --json

${CODES}`;

/** After the options of `lwasync learn start`. */
export const START_HELP: string = `
Copies the exercises without their solutions, and what an editor needs to know the types. What is there already is left as it
is, so that a course that lacks files can be started again. Exercises of your own are folders named like 01-first; a course takes
them from where they are, so leave them there.

Examples:
  lwasync learn start my-course
  lwasync learn start my-course --exercises ./exercises-of-ours

${CODES}`;

/** After the options of `lwasync learn check`. */
export const CHECK_HELP: string = `
With an exercise: runs its check, says what was seen, and makes it the one that is worked at. Without: checks all of them, a line
each, and leaves that as it is; those that are as they were handed out are not run. What has passed and has not changed since is
not run again, except with --again.

The order in which a check answers your code is drawn anew each time; --seed repeats one. --predict says, before it has passed,
which choice of the prediction you take; what was measured is shown beside it then.

Examples:
  lwasync learn check 3
  lwasync learn check 3 --predict 2
  lwasync learn check 3 --again --seed 4711
  lwasync learn check --again --json          in CI

Exit codes: 0 everything that was checked has passed, 1 it has not, 2 wrong usage, 70 a fault of ours, 130 interrupted (what was
checked by then counts).`;

/** After the options of `lwasync learn hint`. */
export const HINT_HELP: string = `
The hint fits what the last check saw: first a question, then where to look, then the name of the call. Each time the next one;
what is wrong in another way has hints of its own.

Examples:
  lwasync learn hint
  lwasync learn hint 3

${CODES}`;

/** After the options of `lwasync learn solution`. */
export const SOLUTION_HELP: string = `
It is shown when yours has passed, and lies beside yours then, as solution.ts. A file of that name that is there is left as it is.

Examples:
  lwasync learn solution
  lwasync learn solution 3

${CODES}`;

/** After the options of `lwasync learn reset`. */
export const RESET_HELP: string = `
The file that was there is kept beside it, as exercise.kept-1.ts. Other files that the exercise came with are brought back when they
are not there.

Examples:
  lwasync learn reset 3

${CODES}`;

/** After the options of `lwasync learn report`. */
export const REPORT_HELP: string = `
For teachers: who has passed what, with how many attempts and hints; for each exercise how many have passed, what was predicted, and
what is wrong most often where it has not passed. Folders are courses; without one, the course of the working folder. One that cannot
be read is told, and the others are reported all the same (exit code 2). Nothing is run.

State files are the learners' own, and anybody can write into them. lwasync learn check --again in a folder runs its code anew and
proves what passes; that code is not sandboxed.

Examples:
  lwasync learn report students/*
  lwasync learn report students/* -o report.html -o report.json
  for folder in students/*/; do (cd "$folder" && lwasync learn check --again); done

${CODES}`;

/** After the options of `lwasync learn verify`. */
export const VERIFY_HELP: string = `
For whoever translates exercises or writes some. Of each exercise: as handed out it fails and has a hint, its solution passes and is
measured, every answer in right/ passes, and every one in wrong/ is told by the diagnosis that its file is named by. What is not so is
said in a sentence.

Examples:
  lwasync learn verify
  lwasync learn verify ./exercises-of-ours --seeds 20

Exit codes: 0 all is so, 1 something is not, 2 wrong usage, 70 a fault of ours, 130 interrupted.`;
