/** First in, first out, at the same cost whatever its length; `shift` of an array moves all that is behind. */
export class Fifo<T> {
  #out: T[] = [];
  #in: T[] = [];

  get length(): number {
    return this.#out.length + this.#in.length;
  }

  push(item: T): void {
    this.#in.push(item);
  }

  /** The first item, which stays. */
  peek(): T | undefined {
    if (this.#out.length === 0) this.#turn();
    return this.#out.at(-1);
  }

  /** Takes the first item out. */
  shift(): T | undefined {
    if (this.#out.length === 0) this.#turn();
    return this.#out.pop();
  }

  clear(): void {
    this.#out = [];
    this.#in = [];
  }

  /** Takes out all that are not to be kept. */
  keep(isKept: (item: T) => boolean): void {
    this.#out = this.#out.filter(isKept);
    this.#in = this.#in.filter(isKept);
  }

  #turn(): void {
    if (this.#in.length === 0) return;
    this.#out = this.#in.toReversed();
    this.#in = [];
  }
}
