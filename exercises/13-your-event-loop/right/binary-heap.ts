import { startSelector, type EndedCall, type Selector } from 'lwasync/learn';

/** Runs callbacks one at a time on one thread, and sleeps in its selector when there is none to run. */
export class EventLoop {
  readonly #selector: Selector;
  /** The clock of this loop, in milliseconds. Ask no other: then a loop can be tried out on a clock that is set by hand. */
  readonly #now: () => number;
  readonly #waiting = new Map<number, Waiting>();
  #ready: (() => void)[] = [];
  readonly #timers = new Heap();

  constructor(selector: Selector, now: () => number = () => performance.now()) {
    this.#selector = selector;
    this.#now = now;
  }

  /** Puts `callback` at the end of the ready queue; the next pass runs it. */
  callSoon(callback: () => void): void {
    this.#ready.push(callback);
  }

  /**
   * Runs `callback` once, in the first pass that finds `delayMs` from now over, never earlier. Timers run in the order of
   * their deadlines, those with the same deadline in the order in which they were started. Returns what cancels the timer:
   * from then on it does not run, even when its time has come in this very pass, and it wakes nobody.
   */
  callLater(delayMs: number, callback: () => void): () => void {
    const timer = this.#timers.add(this.#now() + delayMs, callback);
    return () => {
      timer.callback = undefined;
    };
  }

  /** Starts a call. The promise is settled when a pass has heard how the call ended. */
  get(url: string): Promise<unknown> {
    const call = this.#selector.get(url);
    return new Promise((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
  }

  /** How long there is nothing to do: 0 when something is ready, else until the first deadline, else Infinity. */
  timeoutMs(): number {
    if (this.#ready.length > 0) return 0;
    let first = this.#timers.first;
    while (first !== undefined && first.callback === undefined) {
      this.#timers.takeFirst();
      first = this.#timers.first;
    }
    return first === undefined ? Infinity : Math.ceil(first.deadlineMs - this.#now());
  }

  /** Makes one pass. */
  runOnce(): void {
    for (const ended of this.#selector.select(this.timeoutMs())) {
      this.callSoon(() => this.#settle(ended));
    }
    for (
      let first = this.#timers.first;
      first !== undefined && this.#now() >= first.deadlineMs;
      first = this.#timers.first
    ) {
      const timer = first;
      this.#timers.takeFirst();
      this.#ready.push(() => timer.callback?.());
    }
    // Frozen here, or a callback that adds itself would keep all others out.
    const batch = this.#ready;
    this.#ready = [];
    for (const callback of batch) callback();
  }

  /** Makes passes until what `main` returned is settled, and passes that on, an error too. */
  async run<T>(main: () => Promise<T>): Promise<T> {
    const result = main();
    let isDone = false;
    const end = (): void => void (isDone = true);
    result.then(end, end);
    for (;;) {
      // What awaits an answer goes on in a microtask, and Node runs those only when our thread returns to it. A pass made
      // earlier would sleep for ever: the code that starts the next call, or ends `main`, would never have its turn.
      await letPromisesRun();
      if (isDone) return result;
      this.runOnce();
    }
  }

  #settle({ call, answer, error }: EndedCall): void {
    if (error === undefined) this.#waiting.get(call)?.resolve(answer);
    else this.#waiting.get(call)?.reject(error);
    this.#waiting.delete(call);
  }
}

interface Timer {
  readonly deadlineMs: number;
  readonly number: number;
  callback: (() => void) | undefined;
}

class Heap {
  readonly #timers: Timer[] = [];
  #number = 0;

  get first(): Timer | undefined {
    return this.#timers[0];
  }

  add(deadlineMs: number, callback: () => void): Timer {
    const timer = { deadlineMs, number: (this.#number += 1), callback };
    let index = this.#timers.push(timer) - 1;
    while (index > 0 && this.#isBefore(index, (index - 1) >> 1)) {
      this.#swap(index, (index - 1) >> 1);
      index = (index - 1) >> 1;
    }
    return timer;
  }

  takeFirst(): void {
    this.#swap(0, this.#timers.length - 1);
    this.#timers.pop();
    let index = 0;
    for (;;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (this.#isBefore(child, least)) least = child;
      }
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#timers[one], this.#timers[other]];
    if (a === undefined || b === undefined) return false;
    return a.deadlineMs < b.deadlineMs || (a.deadlineMs === b.deadlineMs && a.number < b.number);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#timers[one], this.#timers[other]];
    if (a === undefined || b === undefined) return;
    this.#timers[one] = b;
    this.#timers[other] = a;
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

function letPromisesRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Exercise 3's client, on your loop: so many calls, all in flight together, on a thread that sleeps meanwhile. */
export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const selector = startSelector();
  const loop = new EventLoop(selector);
  try {
    return await loop.run(() =>
      Promise.all(Array.from({ length: number }, (_, index) => loop.get(`${url}?call=${index}`))),
    );
  } finally {
    selector.close();
  }
}
