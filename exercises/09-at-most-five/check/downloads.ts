import {
  failed,
  whatCame,
  type Attempt,
  type Failed,
  type ObservedOutcome,
  type WaitingCall,
  type WatchedServer,
} from 'lwasync/learn';
import { indexOf, nameOf, type Round } from './round.js';

// Beats of a free thread after which a download that has not begun is taken not to begin, and one too many not to come.
const NOTHING_BEATS = 200;
const PROBE_BEATS = 100;
const PAUSE_BEATS = 10;

/** A round under way: a server with files, and a call of `downloadAll`. */
export class Downloads {
  readonly #attempt: Attempt;
  readonly #round: Round;
  readonly #files: readonly Uint8Array[];
  readonly #server: WatchedServer;
  #outcome: ObservedOutcome | undefined;

  constructor(attempt: Attempt, round: Round, files: readonly Uint8Array[], server: WatchedServer) {
    this.#attempt = attempt;
    this.#round = round;
    this.#files = files;
    this.#server = server;
  }

  /** Lets one download end after the other, each when as many are under way as there should be. */
  async answerAll(call: Promise<ObservedOutcome>): Promise<Failed | undefined> {
    const { number, limit, pauses, heads, next } = this.#round;
    const server = this.#server;
    const over = call.then(
      (outcome) => void (this.#outcome = outcome),
      () => {},
    );
    let last: WaitingCall | undefined;
    for (let ended = 0; ended < number; ended += 1) {
      const begun = server.untilCalls(Math.min(number, ended + limit));
      const came = await whatCame(this.#attempt, Promise.race([begun, over]), NOTHING_BEATS);
      if (came === 'held' || came === 'over') await call;
      const isTooMany = server.mostAtOnce > limit;
      if (isTooMany || this.#outcome !== undefined || pauses.includes(ended)) await this.#pause();
      const fault =
        this.#askedTwice() ??
        this.#tooMany() ??
        this.#tooEarly(last) ??
        (came === 'nothing' ? await this.#tooFew(ended, last) : undefined);
      if (fault !== undefined) return fault;
      last = next(server.waiting);
      if (last === undefined) continue;
      if (!heads.includes(ended)) this.#answer(last);
      else if (await this.#answerHeadFirst(last)) return this.#headTaken(last);
    }
    await whatCame(this.#attempt, over, NOTHING_BEATS);
    return this.#askedTwice();
  }

  #askedTwice(): Failed | undefined {
    const asked = this.#server.calls.map(indexOf);
    const twice = asked.find((index, place) => asked.indexOf(index) < place);
    return twice === undefined
      ? undefined
      : failed(
          'asked-too-often',
          `${nameOf(twice)} was asked for more than once; expected one download for each address`,
        );
  }

  #answer(call: WaitingCall): void {
    const index = indexOf(call);
    const file = this.#files[index];
    if (file === undefined || this.#round.missing.includes(index)) {
      call.answer({ error: 'there is no such file' }, 404);
    } else call.answerBytes(file);
  }

  /** Whether the next download begins when the head of this one has come, and its bytes have not. */
  async #answerHeadFirst(call: WaitingCall): Promise<boolean> {
    const before = this.#server.calls.length;
    const sendBytes = call.answerHeadOf(this.#files[indexOf(call)] ?? new Uint8Array());
    await this.#pause();
    if (this.#server.calls.length > before) return true;
    sendBytes();
    return false;
  }

  #headTaken(call: WaitingCall): Failed {
    const { number, limit } = this.#round;
    return failed(
      'head-taken-for-file',
      `another download began when the head of the answer with ${nameOf(indexOf(call))} had come and its bytes had not: ${this.#server.mostAtOnce} of ${number} were under way at once; expected at most ${limit}`,
    );
  }

  #isFailure(call: WaitingCall | undefined): boolean {
    const { missing, blocked } = this.#round;
    return call !== undefined && [...missing, ...blocked].includes(indexOf(call));
  }

  /** Waits whether anything more begins. */
  #pause(): Promise<void> {
    return this.#attempt.quiet(PAUSE_BEATS, () => this.#server.calls.length);
  }

  #tooMany(): Failed | undefined {
    const { number, limit } = this.#round;
    const { mostAtOnce } = this.#server;
    if (mostAtOnce <= limit) return undefined;
    const seen = `${mostAtOnce} of ${number} downloads were under way at once; expected at most ${limit}`;
    return failed(mostAtOnce === number ? 'all-at-once' : 'too-many', seen);
  }

  /** It is over before all downloads are. */
  #tooEarly(last: WaitingCall | undefined): Failed | undefined {
    const { number } = this.#round;
    const { calls, waiting } = this.#server;
    const outcome = this.#outcome;
    if (outcome === undefined) return undefined;
    if (outcome.threw !== undefined) return thrown(this.#round, outcome.threw.said);
    if (calls.length === 0) return failed('no-downloads', 'nothing was downloaded from the server');
    if (waiting.length > 0) {
      return failed(
        'not-awaited',
        `downloadAll resolved while ${waiting.length} of ${number} downloads were under way`,
      );
    }
    return this.#isFailure(last) ? this.#slotLost() : this.#notAll();
  }

  /** Fewer are under way than there should be. */
  async #tooFew(ended: number, last: WaitingCall | undefined): Promise<Failed> {
    const { number, limit } = this.#round;
    const { calls, waiting } = this.#server;
    const underWay = waiting.length;
    if (calls.length === 0) return failed('no-downloads', 'nothing was downloaded from the server');
    if (this.#isFailure(last)) return this.#slotLost();
    if (ended === 0) {
      return underWay === 1
        ? failed(
            'one-at-a-time',
            `one download was under way, and no other began before its end; expected ${limit} at a time`,
          )
        : failed('too-few', `no more than ${underWay} downloads were under way; expected ${limit}`);
    }
    const over = ended === 1 ? 'the first' : `${ended}`;
    const seen = `when ${over} of ${number} downloads had ended, no other began in its place: ${underWay} were under way, expected ${Math.min(limit, number - ended)}`;
    // What is waited for: another one to end, the one that began first, or all of them?
    for (const [diagnosis, those] of [
      [ended === 1 ? 'in-chunks' : 'split-beforehand', waiting.slice(-1)],
      ['waits-for-the-oldest', waiting.slice(0, 1)],
      ['in-chunks', waiting.slice(1, -1)],
    ] as const) {
      const before = calls.length;
      for (const call of those) this.#answer(call);
      const more = this.#server.untilCalls(before + 1);
      if ((await whatCame(this.#attempt, more, PROBE_BEATS)) === 'it')
        return failed(diagnosis, seen);
    }
    return this.#notAll();
  }

  #slotLost(): Failed {
    const { number, limit } = this.#round;
    return failed(
      'slot-lost',
      `when one of ${number} downloads had failed, ${this.#server.waiting.length} were under way and no other took its place; expected ${limit} at a time`,
    );
  }

  #notAll(): Failed {
    const { number } = this.#round;
    const { calls } = this.#server;
    return failed(
      'not-all-begun',
      `${calls.length} of ${number} downloads were begun, and no more`,
    );
  }
}

/** It rejected, where it should have told in its outcomes what failed. */
export function thrown({ number, missing, blocked }: Round, message: string): Failed {
  return missing.length + blocked.length === 0
    ? failed('throws', `it threw: ${message}`)
    : failed(
        'one-failure-fails-all',
        `one of ${number} downloads failed, and downloadAll rejected with it: ${message}`,
      );
}
