import type { Milliseconds } from '../core/units.js';

/** What a check says of an attempt. */
export type Verdict = Passed | Failed;

/** The attempt does what the exercise asks for. */
export interface Passed {
  readonly passed: true;
  /** What was seen, as a sentence. */
  readonly seen: string;
}

/** It does not. */
export interface Failed {
  readonly passed: false;
  /** The name of what is wrong, by which hints are chosen: a misconception, or an `AttemptFaultCode`. */
  readonly diagnosis: string;
  /** What was seen and what was expected, as a sentence. */
  readonly message: string;
}

/** What a run of a right answer measured, to be shown beside what was predicted; never judged. */
export interface Measurement {
  /** What was measured, with its units, as a sentence. */
  readonly text: string;
  /** Which of the exercise's choices the run bore out, from 0; `undefined` when it was none of them. */
  readonly choice: number | undefined;
  /** What happened when, to be drawn one below the other. */
  readonly lanes?: readonly MeasuredLane[];
}

/** One row of a picture. */
export interface MeasuredLane {
  readonly name: string;
  readonly spans: readonly MeasuredSpan[];
}

/** A time during which something went on, from the begin of the picture. */
export interface MeasuredSpan {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** The attempt does what the exercise asks for; `seen` says what was seen, as a sentence. */
export function passed(seen: string): Passed {
  return { passed: true, seen };
}

/** The attempt does not; `message` says what was seen and what was expected, as a sentence. */
export function failed(diagnosis: string, message: string): Failed {
  return { passed: false, diagnosis, message };
}
