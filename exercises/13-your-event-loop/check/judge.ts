import { failed, type Failed } from 'lwasync/learn';
import { Agenda, type Callback } from './agenda.js';
import type { Happening } from './happening.js';

// Waits may be rounded to whole milliseconds.
const ROUNDED_MS = 1;
// Of a wait without end: with nothing but a call to wait for, what is at least as long is taken for one.
const LONG_MS = 1000;

/** The first thing in a log that breaks a rule of event loops, if any does. */
export function judge(log: readonly Happening[]): Failed | undefined {
  const judged = new JudgedLoop(log.some(({ is }) => is === 'select'));
  for (const happening of log) {
    const fault = judged.take(happening);
    if (fault !== undefined) return fault;
  }
  return judged.end();
}

class JudgedLoop {
  readonly #agenda = new Agenda();
  readonly #everSelects: boolean;
  #passes = 0;
  #isInPass = false;
  #passBeganMs = 0;
  #selectsInPass = 0;
  #ranInPass = 0;
  #hasCancelled = false;

  constructor(everSelects: boolean) {
    this.#everSelects = everSelects;
  }

  take(what: Happening): Failed | undefined {
    switch (what.is) {
      case 'added':
      case 'timer':
      case 'called':
      case 'cancelled':
        this.#hasCancelled ||= what.is === 'cancelled';
        this.#agenda.note(what, this.#passes, this.#isInPass);
        return undefined;
      case 'pass':
        return this.#beginPass(what.atMs);
      case 'select':
        return this.#select(what);
      case 'ran':
        return this.#ran(what);
      case 'settled':
        return this.#agenda.settle(what.name) && what.isRight ? undefined : wrongAnswer();
      case 'passed':
        return this.#endPass();
      case 'no undo':
        return failed(
          'no-undo',
          'callLater returned no function; what it returns should cancel the timer',
        );
      case 'other clock':
        return failed(
          'other-clock',
          'it started timers and never asked this.#now(); by another clock than its own a loop cannot be tried out',
        );
      case 'clock watched':
        return failed(
          'spins',
          'it asked the clock 10000 times; select sleeps until a time is over, and asks nobody',
        );
    }
  }

  /** What nobody saw to. */
  end(): Failed | undefined {
    const [left] = this.#agenda.waiting();
    if (left !== undefined) return neverRan(left);
    return this.#agenda.hasCalls() ? answerLost() : undefined;
  }

  #beginPass(atMs: number): Failed | undefined {
    if (this.#agenda.hasEndedBefore(this.#passes)) return answerLost();
    this.#passes += 1;
    this.#isInPass = true;
    this.#passBeganMs = atMs;
    this.#selectsInPass = 0;
    this.#ranInPass = 0;
    return undefined;
  }

  #select({ atMs, askedMs, ended }: Extract<Happening, { is: 'select' }>): Failed | undefined {
    this.#selectsInPass += 1;
    // Nobody says how long a loop waits for nothing.
    const isAlive = this.#agenda.waiting().length > 0 || this.#agenda.hasCalls();
    const fault = isAlive ? this.#judgeWait(Math.max(0, askedMs), atMs) : undefined;
    this.#agenda.end(ended, this.#passes);
    return fault;
  }

  #judgeWait(askedMs: number, atMs: number): Failed | undefined {
    const { rightMs, because, isForTimer } = this.#agenda.wait(atMs);
    const howLong =
      askedMs === Infinity ? 'without end' : `for ${Math.round(askedMs * 100) / 100} ms`;
    const asked = `it let select wait ${howLong}`;
    if (askedMs > rightMs + ROUNDED_MS) {
      if (this.#agenda.hasEndedBefore(this.#passes)) return answerLost();
      if (isForTimer && this.#hasCancelled) {
        return failed(
          'timer-lost',
          `${asked}, although ${because}; another timer was cancelled before, and this one is still to run`,
        );
      }
      return this.#selectsInPass > 1
        ? failed('waits-twice', `a pass waited a second time: ${asked}, although ${because}`)
        : failed('oversleeps', `${asked}, although ${because}`);
    }
    if (askedMs >= (rightMs === Infinity ? LONG_MS : rightMs - ROUNDED_MS)) return undefined;
    if (askedMs === 0 && this.#agenda.throwsAway(atMs)) return undefined;
    return this.#agenda.hasCancelled(atMs + askedMs, ROUNDED_MS)
      ? failed(
          'cancelled-timer-wakes',
          `${asked}, until a timer that is cancelled: nobody wants to be woken for that`,
        )
      : failed('spins', `${asked}, although ${because}`);
  }

  #ran({ name, atMs }: Extract<Happening, { is: 'ran' }>): Failed | undefined {
    const callback = this.#agenda.callback(name);
    if (callback === undefined) return undefined;
    this.#ranInPass += 1;
    const fault = this.#judgeRun(callback) ?? this.#judgeTurn(callback, atMs);
    callback.state = 'ran';
    return fault;
  }

  /** Whether it may run at all. */
  #judgeRun({ state, addedIn, cancelledIn }: Callback): Failed | undefined {
    if (!this.#isInPass) {
      return failed(
        'outside-a-pass',
        'a callback ran while no pass was under way; callSoon and callLater only put it away, and runOnce runs it',
      );
    }
    if (state === 'ran') {
      return failed('runs-again', 'a callback that was added once ran a second time');
    }
    if (state !== 'waits') {
      return cancelledIn === this.#passes
        ? failed(
            'cancelled-too-late',
            'a timer ran that another callback of the same pass had cancelled just before',
          )
        : failed('cancelled-runs', 'a timer that had been cancelled ran');
    }
    if (addedIn === this.#passes) {
      return failed(
        'not-frozen',
        'a callback that was added by another ran in the same pass; it should wait for the next',
      );
    }
    return undefined;
  }

  /** Whether it is not too early, and nobody was before it. */
  #judgeTurn(callback: Callback, atMs: number): Failed | undefined {
    const { deadlineMs } = callback;
    const isPassedOver = this.#agenda
      .waitingBefore(callback)
      .some((other) => other.deadlineMs === deadlineMs);
    if (deadlineMs === undefined) {
      return isPassedOver
        ? failed('out-of-turn', 'a callback ran before one that was put into the ready queue first')
        : undefined;
    }
    if (atMs < deadlineMs) {
      const early = Math.round((deadlineMs - atMs) * 100) / 100;
      return failed(
        'early-timer',
        `a timer ran ${early} ms before its time; it may be late, and never early`,
      );
    }
    // Those that were added in this pass have their turn in the next.
    const isBeforeItsTurn = this.#old().some(
      (other) => (other.deadlineMs ?? Infinity) < deadlineMs,
    );
    if (isBeforeItsTurn) {
      return failed('timers-out-of-order', 'a timer ran before one with an earlier deadline');
    }
    return isPassedOver
      ? failed(
          'ties-out-of-order',
          'of two timers with the same deadline the one that was started later ran first',
        )
      : undefined;
  }

  #endPass(): Failed | undefined {
    this.#isInPass = false;
    const old = this.#old();
    const ready = old.filter(({ deadlineMs }) => deadlineMs === undefined);
    if (ready.length > 0 && this.#ranInPass === 0) {
      return failed(
        'nothing-ran',
        `a pass ran none of the ${ready.length} callbacks that were ready`,
      );
    }
    if (this.#selectsInPass === 0) {
      return this.#ranInPass > 0 && this.#everSelects ? callsStarve() : neverSelects();
    }
    if (ready.length > 0) {
      return failed(
        'left-behind',
        `a pass ran ${this.#ranInPass} of the callbacks that were ready when it began, and left ${ready.length}`,
      );
    }
    const due = old.find(({ deadlineMs = Infinity }) => deadlineMs <= this.#passBeganMs);
    return due === undefined ? undefined : neverRan(due);
  }

  /** What waits and was added before this pass. */
  #old(): Callback[] {
    return this.#agenda.waiting().filter(({ addedIn }) => addedIn < this.#passes);
  }
}

function neverRan({ deadlineMs }: Callback): Failed {
  return deadlineMs === undefined
    ? failed('nothing-ran', 'a callback that was ready never ran')
    : failed('timer-lost', 'a timer was due when a pass began, and that pass did not run it');
}

function answerLost(): Failed {
  return failed(
    'answer-lost',
    'select returned a call that had ended, and whatever awaits it did not have its turn before the next wait',
  );
}

function wrongAnswer(): Failed {
  return failed(
    'wrong-answer',
    'the promise of a call was settled with what did not come of that call',
  );
}

function callsStarve(): Failed {
  return failed(
    'calls-starve',
    'a pass that had callbacks to run did not select; while there are some in each pass, no answer is ever heard of',
  );
}

function neverSelects(): Failed {
  return failed(
    'never-selects',
    'a pass did not call select; that is where the loop sleeps and hears of calls',
  );
}
