// A fast producer waits for a slow consumer, since the queue between them holds two:
// `lwasync loop examples/loop-producer-consumer.ts --step` shows who waits for what.
import { gather, Queue, sleep, type Coroutine } from 'lwasync/loop';

const queue = new Queue<string>(2);

function* produce(): Coroutine<void> {
  for (const loaf of ['rye', 'wheat', 'oat', 'corn', 'spelt']) {
    yield* queue.put(loaf);
    console.log(`baked ${loaf}, ${queue.size} on the shelf`);
  }
  queue.close();
}

function* consume(): Coroutine<void> {
  yield* queue.each(function* (loaf) {
    console.log(`  sold ${loaf}`);
    yield* sleep(20);
  });
  console.log('  sold out');
}

export function* main(): Coroutine<void> {
  yield* gather([produce, consume]);
}
