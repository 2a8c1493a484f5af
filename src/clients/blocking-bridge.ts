import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import { monotonicNow } from '../core/clock.js';
import { UnavailableError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { BridgeAnswer, BridgeQuestion, BridgeReply } from './bridge-protocol.js';
import type { BridgeThreadData } from './serve-bridge.js';

// Starting a thread and loading an HTTP library takes about 0.15 s, on a busy machine a multiple of it.
const START_LIMIT_MS: Milliseconds = 20_000;

/**
 * Lets a thread wait for asynchronous work without giving up the thread: a second thread does the work, while this one
 * sleeps in `Atomics.wait` until the answer is there. What is asked and told is a matter of the file of the second thread,
 * which answers with `serveBridge`.
 *
 * Facts: while a thread is in `Atomics.wait`, none of its JavaScript runs, no timer, no signal handler, no message
 * handler; only `receiveMessageOnPort` and shared memory still reach it. An answer can come after its question was given
 * up. So every question has a number, whoever asks drops an answer with another, and its wait is finite.
 */
export class BlockingBridge<Asked, Told> {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  /** Raised by one at each reply; waiting is for it to change. */
  readonly #replies = new Int32Array(new SharedArrayBuffer(4));
  #lastQuestion = 0;

  /**
   * Starts the second thread, whose code is the file `thread`, with `data`, and waits until it is ready.
   *
   * @throws {UnavailableError} when it does not start.
   */
  constructor(thread: URL, data?: unknown) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(thread, {
      workerData: { port: port2, replies: this.#replies, data } satisfies BridgeThreadData,
      transferList: [port2],
      // Flags such as `--input-type` are refused by a thread whose code is a file.
      execArgv: [],
    });
    // A thread that is lost is noticed by the question it does not answer.
    this.#worker.on('error', () => {});
    this.#worker.unref();
    try {
      this.ask({ kind: 'echo' }, START_LIMIT_MS);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Sends a question to the other thread and blocks this one until its answer is there.
   *
   * @throws {UnavailableError} when there is none within `limitMs`; the bridge is of no use then.
   */
  ask(question: BridgeQuestion<Asked>, limitMs: Milliseconds): BridgeAnswer<Told> {
    const number = this.send(question);
    const deadline = monotonicNow() + limitMs;
    for (;;) {
      const leftMs = deadline - monotonicNow();
      const answer = this.receive(leftMs).find((reply) => reply.number === number)?.answer;
      if (answer !== undefined) return answer;
      if (leftMs <= 0) throw new UnavailableError(lost(limitMs));
    }
  }

  /** Sends a question and returns its number, which the reply has, too; `receive` hands that out. */
  send(question: BridgeQuestion<Asked>): number {
    this.#lastQuestion += 1;
    this.#port.postMessage({ number: this.#lastQuestion, question });
    return this.#lastQuestion;
  }

  /** Blocks this thread until a reply is there, or `limitMs` are over; returns all that are there, in the order they came. */
  receive(limitMs: Milliseconds): BridgeReply<Told>[] {
    const deadline = monotonicNow() + limitMs;
    for (;;) {
      // The count is read before the replies: a reply that comes in between changes it, and the wait ends at once.
      const seen = Atomics.load(this.#replies, 0);
      const replies = this.#received();
      const leftMs = deadline - monotonicNow();
      if (replies.length > 0 || leftMs <= 0) return replies;
      Atomics.wait(this.#replies, 0, seen, leftMs);
    }
  }

  /** How long it takes to hand a question to the other thread and get its answer, `times` times. */
  timeEcho(times: number, limitMs: Milliseconds): Milliseconds[] {
    return Array.from({ length: times }, () => {
      const began = monotonicNow();
      this.ask({ kind: 'echo' }, limitMs);
      return monotonicNow() - began;
    });
  }

  /** Ends the second thread; whatever it was doing is given up. */
  close(): void {
    void this.#worker.terminate();
    this.#port.close();
  }

  #received(): BridgeReply<Told>[] {
    const replies: BridgeReply<Told>[] = [];
    for (;;) {
      const received: { message: BridgeReply<Told> } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) return replies;
      replies.push(received.message);
    }
  }
}

function lost(limitMs: Milliseconds): string {
  return `the thread that works for a blocked one did not answer within ${formatDuration(limitMs)}`;
}
