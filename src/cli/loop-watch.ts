import { callPlace, setPlace } from '../loop/instruments/call-place.js';
import { combine } from '../loop/instruments/combine.js';
import { setDefaultInstrument } from '../loop/instruments/default-instrument.js';
import type { Instrument } from '../loop/instruments/instrument.js';
import type { LoopRecord } from '../loop/instruments/record.js';
import { Recorder } from '../loop/instruments/recorder.js';
import { warnOfSlowCallbacks } from '../loop/instruments/slow-callbacks.js';
import type { Program } from './loop-program.js';
import { askTerminal, LoopStepper } from './loop-stepper.js';
import { nearby } from './program-failure.js';
import { remark } from './terminal.js';

/** What is to be seen of the loops that a program runs. */
export interface WatchPlan {
  readonly program: Program;
  readonly slowMs: number;
  readonly step: boolean;
  /** Looks on as well. */
  readonly other: Instrument;
}

/** The look at all loops that are made. */
export interface LoopWatch {
  /** A sentence for each slow callback so far. */
  readonly warnings: readonly string[];
  /** Ends it and says what was seen. */
  end(): LoopRecord;
}

/**
 * Looks at every loop that is made from now on.
 *
 * @throws {UsageError} when it is to pause and there is no terminal to ask.
 */
export function watchLoops({ program, slowMs, step, other }: WatchPlan): LoopWatch {
  const warnings: string[] = [];
  const recorder = new Recorder({ places: true });
  const warn = (text: string): void => {
    warnings.push(nearby(text));
    remark(nearby(text));
  };
  // The command, not the program, starts the main task.
  const placeOfMain: Instrument = {
    taskSpawned: (task) => {
      const isMain = task.parent === undefined && callPlace() === undefined;
      if (isMain) setPlace(task, program.placeOfMain);
    },
  };
  const slow = warnOfSlowCallbacks({ thresholdMs: slowMs, warn });
  // The stepper is last: what it throws to quit must not keep others from seeing.
  const stepper = step ? [new LoopStepper(askTerminal())] : [];
  const stop = setDefaultInstrument(combine(placeOfMain, recorder, slow, other, ...stepper));
  return {
    warnings,
    end: () => {
      stop();
      return recorder.record();
    },
  };
}
