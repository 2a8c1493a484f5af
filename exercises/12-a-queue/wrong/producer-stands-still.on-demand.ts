// To produce when somebody asks is taken for a queue: nothing is ready when two ask at once.
interface Line {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  readonly produce: (index: number) => Promise<string>;
  readonly consume: (item: string) => Promise<void>;
}

export async function runLine(line: Line): Promise<string[]> {
  async function* items(): AsyncGenerator<string> {
    for (let index = 0; index < line.items; index += 1) yield await line.produce(index);
  }
  const shared = items();
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = await shared.next(); next.done !== true; next = await shared.next()) {
      try {
        await line.consume(next.value);
      } catch {
        failed.push(next.value);
      }
    }
  };
  await Promise.all(Array.from({ length: line.consumers }, work));
  return failed;
}
