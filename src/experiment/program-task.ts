import { readModule } from '../tasks/module-task.js';
import type { Milliseconds } from '../core/units.js';

/** Somebody's whole program, run as it is with `--number N`, anew for each round. */
export interface ProgramSpec {
  readonly kind: 'program';
  /** Absolute. */
  readonly path: string;
  /** As it was written. */
  readonly file: string;
  /** How long it may run. */
  readonly timeoutMs: Milliseconds;
}

/** Limit for one run of a program unless another is given. */
const PROGRAM_TIMEOUT_MS: Milliseconds = 600_000;

/**
 * A program to be run as it is.
 *
 * @throws {UsageError} when its file cannot be read.
 */
export function programTask(
  file: string,
  timeoutMs: Milliseconds = PROGRAM_TIMEOUT_MS,
): ProgramSpec {
  return { kind: 'program', path: readModule(file).path, file, timeoutMs };
}
