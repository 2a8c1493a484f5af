import { CallColumns } from '../core/call-columns.js';
import {
  CALL_FAILURE_CODES,
  type CallFailureCode,
  type CallFailureCount,
} from '../core/call-failure.js';
import type { Connecting, Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import { watchCpu, type CpuTime } from '../measure/cpu-watch.js';
import type { ModeMessage, SeenInThread } from './mode-protocol.js';

/** Gathers what a thread tells of one round, beside the columns in which it records the calls. */
export class RoundCollector {
  readonly calls: CallColumns;
  readonly #endCpu: () => CpuTime;
  readonly #examples = new Map<CallFailureCode, string>();
  readonly #answers: unknown[] | undefined;

  /** The round of `number` calls begins now; the CPU time of commands that it runs is counted where `runsCommands` says so. */
  constructor(number: number, keepAnswers: boolean, runsCommands: boolean) {
    this.#endCpu = watchCpu(runsCommands);
    this.calls = new CallColumns(number);
    this.#answers = keepAnswers ? Array.from<unknown>({ length: number }).fill(null) : undefined;
  }

  /** Takes what belongs to the round out of a message. */
  take(message: ModeMessage): void {
    if (message.kind === 'failure') this.#examples.set(message.code, message.message);
    if (message.kind !== 'answers' || this.#answers === undefined) return;
    for (const [index, value] of message.answers) this.#answers[index] = value;
  }

  /** The round as it is now. */
  assemble(wallMs: Milliseconds, connecting: Connecting, seen: SeenInThread): Round {
    // A thread that did not hear that it is over writes on until it is gone.
    const calls = this.calls.freeze();
    return {
      wallMs,
      resources: { ...seen, ...this.#endCpu() },
      calls,
      failures: countFailures(calls, this.#examples),
      connecting,
      ...(this.#answers === undefined ? {} : { answers: this.#answers }),
    };
  }
}

function countFailures(
  calls: CallColumns,
  examples: ReadonlyMap<CallFailureCode, string>,
): CallFailureCount[] {
  if (calls.tally().failed === 0) return [];
  const counts = new Map<CallFailureCode, number>();
  for (let index = 0; index < calls.number; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started' || outcome === 'in flight' || outcome === 'ok') continue;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return CALL_FAILURE_CODES.flatMap((code) => {
    const count = counts.get(code);
    return count === undefined ? [] : [{ code, count, example: examples.get(code) ?? code }];
  });
}
