// A few at a time are taken for a few at once: the group waits for its slowest.
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

export async function runLine(line: Line): Promise<string[]> {
  const queue = new Queue<string>(line.capacity);
  const failed: string[] = [];
  const produceAll = async (): Promise<void> => {
    for (let index = 0; index < line.items; index += 1) await queue.put(await line.produce(index));
    queue.close();
  };
  const producing = produceAll();
  for (let first = await queue.take(); first !== undefined; first = await queue.take()) {
    const group = [first];
    while (group.length < line.consumers) {
      const next = await queue.take();
      if (next === undefined) break;
      group.push(next);
    }
    await Promise.all(group.map((item) => line.consume(item).catch(() => void failed.push(item))));
  }
  await producing;
  return failed;
}
