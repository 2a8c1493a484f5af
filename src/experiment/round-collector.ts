import { CallColumns } from '../core/call-columns.js';
import { CALL_FAILURE_CODES, type CallFailureCode } from '../core/call-failure.js';
import type { Connecting, Round } from '../core/run.js';
import type { Milliseconds } from '../core/units.js';
import type { ModeMessage, SeenInThread } from './mode-protocol.js';
import { ThreadReport } from './thread-report.js';

/** Gathers what a thread tells of one round, beside the columns in which it records the calls. */
export class RoundCollector {
  readonly calls: CallColumns;
  readonly #report: ThreadReport;
  readonly #answers: unknown[] | undefined;
  #isOver = false;

  /** The round of `number` calls begins now; the CPU time of commands that it runs is counted where `runsCommands` says so. */
  constructor(number: number, keepAnswers: boolean, runsCommands: boolean) {
    this.#report = new ThreadReport(runsCommands);
    this.calls = new CallColumns(number);
    this.#answers = keepAnswers ? Array.from<unknown>({ length: number }).fill(null) : undefined;
  }

  /** Takes what belongs to the round out of a message. */
  take(message: ModeMessage): void {
    this.#report.take(message);
    if (message.kind === 'done') this.#isOver = true;
    if (message.kind !== 'answers' || this.#answers === undefined) return;
    for (const [index, value] of message.answers) this.#answers[index] = value;
  }

  /** The round as it is now. */
  assemble(wallMs: Milliseconds, connecting: Connecting, seen: SeenInThread): Round {
    // A thread that did not hear that it is over writes on until it is gone; one that said so does not, and a copy of a
    // million calls would be memory for nothing.
    const calls = this.#isOver ? this.calls : this.calls.freeze();
    return {
      wallMs,
      resources: this.#report.resources(seen),
      calls,
      failures: this.#report.failures(countFailures(calls)),
      connecting,
      ...(this.#answers === undefined ? {} : { answers: this.#answers }),
    };
  }
}

function countFailures(calls: CallColumns): (readonly [CallFailureCode, number])[] {
  if (calls.tally().failed === 0) return [];
  const counts = new Map<CallFailureCode, number>();
  for (let index = 0; index < calls.number; index += 1) {
    const outcome = calls.outcome(index);
    if (outcome === 'not started' || outcome === 'in flight' || outcome === 'ok') continue;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return CALL_FAILURE_CODES.map((code) => [code, counts.get(code) ?? 0]);
}
