import type { EventLoop } from '../loop/event-loop.js';
import { Future } from '../loop/tasks/future.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import type { AnswerNotes } from '../http/answer-notes.js';
import { HttpFault } from '../http/http-fault.js';
import { readAnswer } from './answers.js';
import { CallFault, toCallError } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';

/** One call on the event loop: a future of its answer. Given up, it takes its connection with it. */
export class LoopCall extends Future<HttpAnswer> {
  readonly request: HttpRequest;
  readonly index: number;
  readonly deadlineMs: Milliseconds;
  /** Ends whatever works on this call now. */
  giveUp: (() => void) | undefined;

  constructor(loop: EventLoop, request: HttpRequest, index: number, deadlineMs: Milliseconds) {
    super(loop);
    this.request = request;
    this.index = index;
    this.deadlineMs = deadlineMs;
  }

  override cancel(): boolean {
    if (this.isDone) return false;
    this.giveUp?.();
    return super.cancel();
  }

  /** Gives it up because the caller does not want it any more. */
  abort(): void {
    this.fail(new CallFault('ABORTED'));
  }

  /** Lets it fail with a `CallError` made of whatever went wrong. */
  fail(thrown: unknown): void {
    if (this.isDone) return;
    this.giveUp?.();
    const fault = thrown instanceof HttpFault ? toCallFault(thrown) : thrown;
    this.reject(toCallError(fault, this.request, this.index));
  }

  /** Fulfils it with a complete answer, or lets it fail where the answer is not what was asked for. */
  complete(status: number, body: Buffer, bytes: Bytes, notes: AnswerNotes | undefined): void {
    try {
      this.resolve(readAnswer(this.request, status, body, bytes, notes));
    } catch (error) {
      this.fail(error);
    }
  }
}

function toCallFault(fault: HttpFault): CallFault {
  switch (fault.code) {
    case 'MALFORMED':
    case 'HEADERS_TOO_LARGE':
      return new CallFault('MALFORMED_ANSWER', undefined, fault);
    case 'BODY_TOO_LARGE':
      return new CallFault('ANSWER_TOO_LARGE', undefined, fault);
    case 'CLOSED':
      return new CallFault('CONNECTION_CLOSED', undefined, fault);
  }
}
