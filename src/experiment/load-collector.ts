import { LoadColumns, type LoadLayout } from '../core/load-columns.js';
import type { LoadRun } from '../core/load.js';
import type { Connecting } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeMessage, SeenInThread } from './mode-protocol.js';
import { ThreadReport } from './thread-report.js';

/** What is observed of a load run in the thread that makes the calls. */
export type LoadObservation = Pick<
  LoadRun,
  'wallMs' | 'counts' | 'bucketMs' | 'buckets' | 'failures' | 'connecting' | 'resources'
>;

/** Gathers what a thread tells of a load run, beside the columns in which it records the calls. */
export class LoadCollector {
  readonly calls: LoadColumns;
  readonly #report: ThreadReport;

  /** The run begins now; the CPU time of commands that it runs is counted where `runsCommands` says so. */
  constructor(layout: LoadLayout, runsCommands: boolean) {
    this.#report = new ThreadReport(runsCommands);
    this.calls = new LoadColumns(layout);
  }

  take(message: ModeMessage): void {
    this.#report.take(message);
  }

  /** The run as it is now. */
  assemble(wallMs: Milliseconds, connecting: Connecting, seen: SeenInThread): LoadObservation {
    // A thread that did not hear that it is over writes on until it is gone.
    const calls = this.calls.freeze();
    const { begun, ok, failed, neverBegun } = calls.tally();
    return {
      wallMs,
      counts: {
        begun,
        ok,
        failed,
        unfinished: begun - ok - failed,
        neverBegun,
      },
      bucketMs: calls.bucketMs(),
      buckets: calls.buckets(),
      failures: this.#report.failures(calls.failures()),
      connecting,
      resources: this.#report.resources(seen),
    };
  }
}
