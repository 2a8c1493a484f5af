/** A queue with room for so many items. Who puts waits while it is full, who takes waits while it is empty. */
export class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  /** Those who wait for an item, and those who wait for room: a function for each, which wakes it. */
  readonly #takers: (() => void)[] = [];
  readonly #putters: (() => void)[] = [];
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Adds an item at the end, when there is room. */
  async put(item: Item): Promise<void> {
    // Whoever is woken looks again: another may have come first.
    while (this.#items.length >= this.#capacity) await sleepIn(this.#putters);
    this.#items.push(item);
    this.#takers.shift()?.();
  }

  /** The first item, when there is one; `undefined` when the queue is closed and empty. */
  async take(): Promise<Item | undefined> {
    while (this.#items.length === 0 && !this.#isClosed) await sleepIn(this.#takers);
    const item = this.#items.shift();
    this.#putters.shift()?.();
    return item;
  }

  /** Says that nothing more comes: whoever waits for an item is told so. What is in the queue can still be taken. */
  close(): void {
    this.#isClosed = true;
    for (const wake of this.#takers.splice(0)) wake();
  }
}

function sleepIn(sleepers: (() => void)[]): Promise<void> {
  return new Promise((resolve) => sleepers.push(resolve));
}

/** A line of work: one who produces, a queue, and some who consume. */
export interface Line {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  /** Makes the item of a number, from 0; it does not fail. */
  readonly produce: (index: number) => Promise<string>;
  readonly consume: (item: string) => Promise<void>;
}

/**
 * Produces so many items, one after another, and puts them into a queue; so many consumers take them from there, each one at a time.
 * Resolves when all is done, to the items whose consume failed; the others are consumed all the same.
 */
export async function runLine({
  items,
  consumers,
  capacity,
  produce,
  consume,
}: Line): Promise<string[]> {
  const queue = new Queue<string>(capacity);
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
      try {
        await consume(item);
      } catch {
        failed.push(item);
      }
    }
  };
  const atWork = Array.from({ length: consumers }, work);
  for (let index = 0; index < items; index += 1) await queue.put(await produce(index));
  queue.close();
  await Promise.all(atWork);
  return failed;
}
