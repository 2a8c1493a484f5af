// Everybody who waits is taken to get something: all are given the same item.
class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  readonly #takers: ((item: Item | undefined) => void)[] = [];
  readonly #putters: (() => void)[] = [];
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async put(item: Item): Promise<void> {
    if (this.#takers.length > 0) {
      for (const give of this.#takers.splice(0)) give(item);
      return;
    }
    while (this.#items.length >= this.#capacity) {
      await new Promise<void>((resolve) => this.#putters.push(resolve));
    }
    this.#items.push(item);
  }

  async take(): Promise<Item | undefined> {
    const item = this.#items.shift();
    this.#putters.shift()?.();
    if (item !== undefined || this.#isClosed) return item;
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  close(): void {
    this.#isClosed = true;
    for (const give of this.#takers.splice(0)) give(undefined);
  }
}

interface Line {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  readonly produce: (index: number) => Promise<string>;
  readonly consume: (item: string) => Promise<void>;
}

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
