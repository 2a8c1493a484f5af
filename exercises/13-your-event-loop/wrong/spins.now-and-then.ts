// To look once a second whether there is something to do is taken for sleeping.
import { startSelector, type EndedCall, type Selector } from 'lwasync/learn';

/** Runs callbacks one at a time on one thread, and sleeps in its selector when there is none to run. */
export class EventLoop {
  readonly #selector: Selector;
  /** The clock of this loop, in milliseconds. Ask no other: then a loop can be tried out on a clock that is set by hand. */
  readonly #now: () => number;
  readonly #waiting = new Map<number, Waiting>();
  #ready: (() => void)[] = [];
  /** In the order in which they run. */
  #timers: Timer[] = [];

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
    const timer = { deadlineMs: this.#now() + delayMs, callback, isCancelled: false };
    this.#timers.push(timer);
    // The sort is stable: with the same deadline, whoever came first stays first.
    this.#timers.sort((a, b) => a.deadlineMs - b.deadlineMs);
    // A mark, because the timer may be in the ready queue already.
    return () => void (timer.isCancelled = true);
  }

  /** Starts a call. The promise is settled when a pass has heard how the call ended. */
  get(url: string): Promise<unknown> {
    const call = this.#selector.get(url);
    return new Promise((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
  }

  /** How long there is nothing to do: 0 when something is ready, else until the first deadline, else Infinity. */
  timeoutMs(): number {
    if (this.#ready.length > 0) return 0;
    this.#timers = this.#timers.filter(({ isCancelled }) => !isCancelled);
    return Math.min(1000, Math.max(0, (this.#timers[0]?.deadlineMs ?? Infinity) - this.#now()));
  }

  /** Makes one pass. */
  runOnce(): void {
    for (const ended of this.#selector.select(this.timeoutMs())) {
      this.callSoon(() => this.#settle(ended));
    }
    const nowMs = this.#now();
    while (this.#timers[0] !== undefined && this.#timers[0].deadlineMs <= nowMs) {
      const timer = this.#timers.shift();
      this.callSoon(() => void (timer?.isCancelled === false && timer.callback()));
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
  readonly callback: () => void;
  isCancelled: boolean;
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
