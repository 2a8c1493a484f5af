import type { CallFailureCode } from './call-failure.js';
import type { Milliseconds } from './units.js';

/** Where the calls of a run are written down as they begin and end, times since the run began. */
export interface CallLog {
  begin(index: number, startMs: Milliseconds): void;
  end(index: number, endMs: Milliseconds, status: number, failure?: CallFailureCode): void;
}
