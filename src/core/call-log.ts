import type { CallFailureCode } from './call-failure.js';
import type { Milliseconds } from './units.js';

/** Where the calls of a run are written down as they begin and end, times since the run began. */
export interface CallLog {
  begin(index: number, startMs: Milliseconds): void;
  /** When the call had its connection and when its answer began to come, since it began, for logs that want to know. */
  reach?(index: number, connectedMs: Milliseconds, firstByteMs: Milliseconds): void;
  end(index: number, endMs: Milliseconds, status: number, failure?: CallFailureCode): void;
}
