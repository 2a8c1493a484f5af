// To wait is taken to mean to look again after a while.
import { setTimeout as sleep } from 'node:timers/promises';

class Queue<Item> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async put(item: Item): Promise<void> {
    while (this.#items.length >= this.#capacity) await sleep(1);
    this.#items.push(item);
  }

  async take(): Promise<Item | undefined> {
    while (this.#items.length === 0 && !this.#isClosed) await sleep(1);
    const item = this.#items.shift();
    return item;
  }

  close(): void {
    this.#isClosed = true;
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
