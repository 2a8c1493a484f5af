import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { monotonicNow } from '../core/clock.js';
import { type AnswerNotes, NO_NOTES } from '../http/answer-notes.js';
import type { HttpRequest } from './call-options.js';
import type { HttpAnswer } from './connections.js';
import { readAnswer } from './answers.js';
import { CallFault } from './call-errors.js';

/**
 * The answer to one request while it comes in. undici tells it what arrives; `answer` settles once, at the end of the
 * body or at the first fault. The body is always read to its end or its connection dropped, so no connection is lost.
 */
export class PendingAnswer implements Dispatcher.DispatchHandler {
  readonly answer: Promise<HttpAnswer>;
  /** Whether the answer came in to its end, whatever was in it, so that its connection can be used again. */
  isComplete = false;
  readonly #beganMs = monotonicNow();
  #connectedMs = 0;
  #firstByteMs = 0;
  readonly #request: HttpRequest;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (reason: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: CallFault | undefined;
  #status = 0;
  #length = 0;
  #chunks: Buffer[] = [];
  #notes: AnswerNotes | undefined;

  constructor(request: HttpRequest) {
    this.#request = request;
    let resolve: (answer: HttpAnswer) => void = () => {};
    let reject: (reason: unknown) => void = () => {};
    this.answer = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Gives the call up because its time is over. */
  timeOut(): void {
    this.#stop(new CallFault('TIMEOUT'));
  }

  /** Gives the call up because the caller does not want it any more. */
  abort(): void {
    this.#stop(new CallFault('ABORTED'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#connectedMs = monotonicNow() - this.#beganMs;
    this.#controller = controller;
    // The call may have been given up while it waited for a free connection.
    if (this.#stopped !== undefined) controller.abort(this.#stopped);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#firstByteMs = monotonicNow() - this.#beganMs;
    this.#status = status;
    this.#notes = notesOf(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.#request.maxAnswerBytes) {
      controller.abort(new CallFault('ANSWER_TOO_LARGE', this.#status));
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.isComplete = true;
    const [first] = this.#chunks;
    const isWhole = this.#chunks.length === 1 && first !== undefined;
    try {
      const body = isWhole ? first : Buffer.concat(this.#chunks);
      const answer = readAnswer(this.#request, this.#status, body, this.#length, this.#notes);
      const reached = { connectedMs: this.#connectedMs, firstByteMs: this.#firstByteMs };
      this.#resolve({ ...answer, ...reached });
    } catch (error) {
      this.#reject(error);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  #stop(fault: CallFault): void {
    this.#stopped = fault;
    this.#reject(fault);
    this.#controller?.abort(fault);
  }
}

function notesOf(headers: IncomingHttpHeaders): AnswerNotes | undefined {
  const location = headers.location;
  const retryAfter = headers['retry-after'];
  const serverTiming = headers['server-timing'];
  if (location === undefined && retryAfter === undefined && serverTiming === undefined)
    return undefined;
  return {
    ...NO_NOTES,
    location: joined(location),
    retryAfter: joined(retryAfter),
    serverTiming: joined(serverTiming),
  };
}

// A header that comes several times is a list (RFC 9110 section 5.3).
function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
