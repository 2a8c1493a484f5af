/**
 * How many retries a whole batch has left: a retry takes one, a file that got there gives one back. A server that is down
 * for good is so asked a bounded number of times, however many files it should have given.
 */
export class RetryBudget {
  readonly #size: number;
  #left: number;
  #taken = 0;

  /** `size` is how many may be taken before any is given back. */
  constructor(size: number) {
    this.#size = size;
    this.#left = size;
  }

  /** How many were taken, all in all. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes one; `false` when there is none left. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    this.#taken += 1;
    return true;
  }

  /** Gives one back; there are never more left than in the beginning. */
  giveBack(): void {
    this.#left = Math.min(this.#size, this.#left + 1);
  }
}
