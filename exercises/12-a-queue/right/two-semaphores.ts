// One semaphore counts the items, another one the room for more; an end for each consumer ends the work.
class Semaphore {
  readonly #sleepers: (() => void)[] = [];
  #free: number;

  constructor(free: number) {
    this.#free = free;
  }

  down(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#sleepers.push(resolve));
  }

  up(): void {
    const wake = this.#sleepers.shift();
    if (wake === undefined) this.#free += 1;
    else wake();
  }
}

interface Line {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  readonly produce: (index: number) => Promise<string>;
  readonly consume: (item: string) => Promise<void>;
}

export async function runLine(line: Line): Promise<string[]> {
  const queue: string[] = [];
  const [ready, room] = [new Semaphore(0), new Semaphore(line.capacity)];
  const failed: string[] = [];
  async function produceAll(): Promise<void> {
    for (let index = 0; index < line.items; index += 1) {
      await room.down();
      queue.push(await line.produce(index));
      ready.up();
    }
    for (let count = 0; count < line.consumers; count += 1) ready.up();
  }
  async function work(): Promise<void> {
    await ready.down();
    const item = queue.shift();
    if (item === undefined) return;
    room.up();
    await line.consume(item).catch(() => failed.push(item));
    await work();
  }
  await Promise.all([produceAll(), ...Array.from({ length: line.consumers }, () => work())]);
  return failed;
}
