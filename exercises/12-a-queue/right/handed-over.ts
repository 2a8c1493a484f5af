// Whoever waits is given what it waits for, not woken to look.
class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  readonly #takers: ((item: Item | undefined) => void)[] = [];
  readonly #putters: { readonly item: Item; readonly isIn: () => void }[] = [];
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  put(item: Item): Promise<void> {
    const give = this.#takers.shift();
    if (give !== undefined) {
      give(item);
      return Promise.resolve();
    }
    if (this.#items.length < this.#capacity) {
      this.#items.push(item);
      return Promise.resolve();
    }
    return new Promise((isIn) => this.#putters.push({ item, isIn }));
  }

  take(): Promise<Item | undefined> {
    if (this.#items.length === 0 && !this.#isClosed) {
      return new Promise((resolve) => this.#takers.push(resolve));
    }
    const item = this.#items.shift();
    const next = this.#putters.shift();
    if (next !== undefined) {
      this.#items.push(next.item);
      next.isIn();
    }
    return Promise.resolve(item);
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
