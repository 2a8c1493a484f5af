/** A queue with room for so many items. Who puts waits while it is full, who takes waits while it is empty. */
export class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Adds an item at the end, when there is room. */
  async put(item: Item): Promise<void> {
    // YOUR CODE HERE: wait while there are this.#capacity items; wake one who waits for an item.
  }

  /** The first item, when there is one; `undefined` when the queue is closed and empty. */
  async take(): Promise<Item | undefined> {
    // YOUR CODE HERE: wait while there is no item; wake the one who waits for room.
    return undefined;
  }

  /** Says that nothing more comes: whoever waits for an item is told so. What is in the queue can still be taken. */
  close(): void {
    // YOUR CODE HERE
  }
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
  // YOUR CODE HERE: start the consumers, then produce and put each item, close the queue, and wait for the consumers.
  return failed;
}
