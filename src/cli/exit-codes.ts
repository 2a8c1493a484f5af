import type { CallFailureCode } from '../core/call-failure.js';
import type { ModeRounds } from '../core/run.js';

/** What a command ends with. */
export const EXIT = {
  done: 0,
  expectationFailed: 1,
  /** A program that `lwasync loop` ran threw; Node ends with the same. */
  programFailed: 1,
  usage: 2,
  callsFailed: 3,
  inconclusive: 4,
  diskFull: 5,
  ourFault: 70,
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [
  EXIT.ourFault,
  EXIT.interrupted,
  EXIT.usage,
  EXIT.diskFull,
  EXIT.callsFailed,
  EXIT.expectationFailed,
  EXIT.inconclusive,
];

/** The one exit code to end with where several apply. */
export function strongestExitCode(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.done;
}

/** The exit code for a task that failed in this way: one that is written wrongly is wrong usage. */
export function taskErrorCode(code: CallFailureCode): ExitCode {
  if (code === 'DISK_FULL') return EXIT.diskFull;
  return code === 'BAD_TASK' ? EXIT.usage : EXIT.callsFailed;
}

/** The exit codes for whatever failed in these rounds. */
export function failureCodes(modes: readonly Pick<ModeRounds, 'warmup' | 'rounds'>[]): ExitCode[] {
  return modes
    .flatMap(({ warmup, rounds }) => [...warmup, ...rounds])
    .flatMap(({ failures }) => failures.map(({ code }) => taskErrorCode(code)));
}
