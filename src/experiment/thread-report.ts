import type { CallFailureCode, CallFailureCount } from '../core/call-failure.js';
import type { Resources } from '../core/run.js';
import { watchCpu, type CpuTime } from '../measure/cpu-watch.js';
import type { ModeMessage, SeenInThread } from './mode-protocol.js';

/** What a thread and this process tell of a run beside the calls. The run begins when this is made. */
export class ThreadReport {
  readonly #endCpu: () => CpuTime;
  readonly #examples = new Map<CallFailureCode, string>();

  /** The CPU time of commands that the calls run is counted where `runsCommands` says so. */
  constructor(runsCommands: boolean) {
    this.#endCpu = watchCpu(runsCommands);
  }

  /** Takes the first failure of a kind out of a message. */
  take(message: ModeMessage): void {
    if (message.kind === 'failure') this.#examples.set(message.code, message.message);
  }

  /** What the run took until now; to be asked once. */
  resources(seen: SeenInThread): Resources {
    return { ...seen, ...this.#endCpu() };
  }

  /** The kinds that came, each with its first failure. */
  failures(counts: Iterable<readonly [CallFailureCode, number]>): CallFailureCount[] {
    return [...counts].flatMap(([code, count]) =>
      count === 0 ? [] : [{ code, count, example: this.#examples.get(code) ?? code }],
    );
  }
}
