// What went wrong is taken to say what is left to do.
class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  readonly #takers: (() => void)[] = [];
  readonly #putters: (() => void)[] = [];
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async put(item: Item): Promise<void> {
    while (this.#items.length >= this.#capacity) await sleepIn(this.#putters);
    this.#items.push(item);
    this.#takers.shift()?.();
  }

  async take(): Promise<Item | undefined> {
    while (this.#items.length === 0 && !this.#isClosed) await sleepIn(this.#takers);
    const item = this.#items.shift();
    this.#putters.shift()?.();
    return item;
  }

  close(): void {
    this.#isClosed = true;
    for (const wake of this.#takers.splice(0)) wake();
  }
}

function sleepIn(sleepers: (() => void)[]): Promise<void> {
  return new Promise((resolve) => sleepers.push(resolve));
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
}: Line): Promise<unknown[]> {
  const queue = new Queue<string>(capacity);
  const failed: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
      try {
        await consume(item);
      } catch (error) {
        failed.push(error);
      }
    }
  };
  const atWork = Array.from({ length: consumers }, work);
  for (let index = 0; index < items; index += 1) await queue.put(await produce(index));
  queue.close();
  await Promise.all(atWork);
  return failed;
}
