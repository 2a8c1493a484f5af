// Node's own events wake those who wait.
import { EventEmitter, once } from 'node:events';

class Queue<Item> {
  readonly #items: Item[] = [];
  readonly #capacity: number;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async put(item: Item): Promise<void> {
    while (this.#items.length >= this.#capacity) await once(this.#events, 'taken');
    this.#items.push(item);
    this.#events.emit('put');
  }

  async take(): Promise<Item | undefined> {
    while (this.#items.length === 0 && !this.#isClosed) await once(this.#events, 'put');
    const item = this.#items.shift();
    this.#events.emit('taken');
    return item;
  }

  close(): void {
    this.#isClosed = true;
    this.#events.emit('put');
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
