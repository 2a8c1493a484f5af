// A stream is such a queue already: it pulls when there is room, and every reader waits.
import { ReadableStream } from 'node:stream/web';

interface Line {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  readonly produce: (index: number) => Promise<string>;
  readonly consume: (item: string) => Promise<void>;
}

export async function runLine(line: Line): Promise<string[]> {
  let made = 0;
  const stream = new ReadableStream<string>(
    {
      async pull(controller) {
        if (made === line.items) {
          controller.close();
          return;
        }
        made += 1;
        controller.enqueue(await line.produce(made - 1));
      },
    },
    { highWaterMark: line.capacity },
  );
  const reader = stream.getReader();
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      try {
        await line.consume(value);
      } catch {
        failed.push(value);
      }
    }
  };
  await Promise.all(Array.from({ length: line.consumers }, work));
  return failed;
}
