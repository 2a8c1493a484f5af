import { UsageError } from '../../core/errors.js';
import { monotonicNow } from '../../core/clock.js';
import { formatDuration } from '../../core/format-units.js';
import type { Milliseconds } from '../../core/units.js';
import type { Handle } from '../handle.js';
import { notePlace, placeOf } from './call-place.js';
import type { Instrument, TaskInfo } from './instrument.js';
import { describeRun } from './summary.js';

/** When to warn, and how. */
export interface SlowCallbackOptions {
  /** From how long a callback is slow: 100 ms unless said otherwise. */
  readonly thresholdMs?: Milliseconds;
  /** Is given one sentence for each slow callback, right after it. */
  readonly warn: (sentence: string) => void;
  /** The clock, in milliseconds: the monotonic one unless said otherwise. */
  readonly now?: () => Milliseconds;
}

const THRESHOLD_MS: Milliseconds = 100;

/**
 * An instrument that warns of callbacks that kept the thread for too long: nothing else can run meanwhile. It names the
 * task, or the kind of callback, and the line that asked for it; for that it takes a stack for each task and handle that is
 * made, some tens of microseconds each.
 *
 * @throws {UsageError} when the threshold is no number of at least 0.
 */
export function warnOfSlowCallbacks(options: SlowCallbackOptions): Instrument {
  const { thresholdMs = THRESHOLD_MS, warn, now = monotonicNow } = options;
  if (!(thresholdMs >= 0)) {
    throw new UsageError(`expected a threshold in milliseconds of at least 0, got ${thresholdMs}`);
  }
  let startedMs: Milliseconds = 0;
  let running: Handle | undefined;
  let stepping: TaskInfo | undefined;
  const check = (): void => {
    const handle = running;
    running = undefined;
    const tookMs = now() - startedMs;
    if (handle === undefined || tookMs < thresholdMs) return;
    const place = stepping === undefined ? placeOf(handle) : placeOfTask(stepping);
    const { kind, callback } = handle;
    const what = describeRun({ kind, name: callback.name, taskName: stepping?.name });
    const where = place === undefined ? '' : ` (${asked(stepping, kind)} at ${place})`;
    warn(
      `${what}${where} kept the thread for ${formatDuration(tookMs)}, and nothing else could run meanwhile; ` +
        'cut it with yield* sleep(0) or move it to a thread with runInThread',
    );
  };
  return {
    handleCreated: (handle) => {
      if (handle.kind !== 'step' || handle.wakesNative) notePlace(handle);
    },
    taskSpawned: notePlace,
    handleStarted: (handle) => {
      // The one before threw.
      check();
      [running, stepping, startedMs] = [handle, undefined, now()];
    },
    taskStepped: (task) => {
      stepping = task;
    },
    handleEnded: check,
    beforeIoWait: check,
    loopLeft: check,
  };
}

// What the library starts on somebody's behalf, as `gather` does, is asked for where that one is.
function placeOfTask(task: TaskInfo): string | undefined {
  for (let asking: TaskInfo | undefined = task; asking !== undefined; asking = asking.parent) {
    const place = placeOf(asking);
    if (place !== undefined) return place;
  }
  return undefined;
}

function asked(task: TaskInfo | undefined, kind: string): string {
  if (task !== undefined) return 'started';
  return kind === 'timer' ? 'set' : 'asked for';
}
