import type { FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify';
import { monotonicNow } from '../core/clock.js';
import type { Milliseconds } from '../core/units.js';
import { CallEnd } from './call-end.js';
import { pause } from './pause.js';
import type { PracticeServerSettings } from './practice-server-options.js';
import { SeededFractions } from './seeded-bytes.js';
import { Slots } from './slots.js';
import { Stalls } from './stalls.js';

/** What a call waits for before it is answered; it may end early when the call is over. */
export type Wait = (call: CallEnd) => Promise<void>;

/** Makes the answer of a call. */
export type Answer<Route extends RouteGenericInterface> = (
  request: FastifyRequest<Route>,
  reply: FastifyReply<Route>,
  call: CallEnd,
) => unknown;

/** A Fastify handler of one route. */
export type Handler<Route extends RouteGenericInterface> = (
  request: FastifyRequest<Route>,
  reply: FastifyReply<Route>,
) => Promise<unknown>;

/** What makes calls slow, queue and fail, the same for every route that has dials. */
export class Dials {
  readonly #settings: PracticeServerSettings;
  readonly #slots: Slots;
  readonly #stalls: Stalls;
  // Two streams, so that turning one dial leaves the sequence of the other as it was.
  readonly #jitter: SeededFractions;
  readonly #failures: SeededFractions;

  constructor(settings: PracticeServerSettings) {
    this.#settings = settings;
    this.#slots = new Slots(settings.slots);
    this.#stalls = new Stalls(settings.stallMs, settings.stallEveryMs, monotonicNow());
    this.#jitter = new SeededFractions(settings.seed, 'jitter');
    this.#failures = new SeededFractions(settings.seed, 'failures');
  }

  /** Draws the latency of the next call in milliseconds: `latencyMs` ± `jitterMs`, uniform and never below 0. */
  drawLatency(): Milliseconds {
    const { latencyMs, jitterMs } = this.#settings;
    return Math.max(0, latencyMs + (2 * this.#jitter.next() - 1) * jitterMs);
  }

  /** A wait of the latency of the next call. */
  latency(): Wait {
    const duration = this.drawLatency();
    return (call) => pause(duration, call);
  }

  /**
   * A handler that takes a slot, does the wait and then answers, or fails with status 500; while the server stalls it does
   * neither, though connections are still accepted. `arrive` is called once a
   * call, when it arrives, so that what it draws depends on the order of arrival alone. The slot is held until the
   * answer is sent or the client has left.
   */
  handler<Route extends RouteGenericInterface>(
    arrive: () => Wait,
    answer: Answer<Route>,
  ): Handler<Route> {
    return async (request, reply) => {
      const arrivedMs = monotonicNow();
      const fails = this.#failures.next() < this.#settings.failRate;
      const wait = arrive();
      const call = new CallEnd();
      reply.raw.once('close', () => call.end());
      await this.#slots.take(call);
      const takenMs = monotonicNow();
      await wait(call);
      for (let ms = this.#stallMs(call); ms > 0; ms = this.#stallMs(call)) await pause(ms, call);
      if (call.isOver) return reply.hijack();
      reply.header('server-timing', serverTiming(takenMs - arrivedMs, monotonicNow() - takenMs));
      if (!fails) return answer(request, reply, call);
      reply.statusCode = 500;
      return { error: `this call fails on purpose: the fail rate is ${this.#settings.failRate}` };
    };
  }

  #stallMs(call: CallEnd): Milliseconds {
    return call.isOver ? 0 : this.#stalls.remainingMs(monotonicNow());
  }
}

// W3C Server Timing, section 3: durations are in milliseconds.
function serverTiming(queue: Milliseconds, wait: Milliseconds): string {
  return `queue;dur=${queue.toFixed(3)}, wait;dur=${wait.toFixed(3)}`;
}
