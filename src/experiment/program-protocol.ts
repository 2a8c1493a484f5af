import type { Milliseconds } from '../core/units.js';

/** The pipe on which the process of a program says at its end what it took. */
export const REPORT_DESCRIPTOR = 3;

/** What a program took. */
export interface ProgramReport {
  /** From its first line to its end. */
  readonly wallMs: Milliseconds;
  readonly userMs: Milliseconds;
  readonly systemMs: Milliseconds;
}
