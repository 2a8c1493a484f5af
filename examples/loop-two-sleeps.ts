// Two sleeps, first one after the other, then together: `lwasync loop examples/loop-two-sleeps.ts`
import { currentLoop, gather, sleep, type Coroutine } from 'lwasync/loop';

function* nap(name: string, durationMs: number): Coroutine<void> {
  console.log(`${name} falls asleep`);
  yield* sleep(durationMs);
  console.log(`${name} wakes up`);
}

function* timed(work: () => Coroutine<unknown>): Coroutine<number> {
  const startMs = currentLoop().time();
  yield* work();
  return currentLoop().time() - startMs;
}

export function* main(): Coroutine<void> {
  console.log('one after the other:');
  const apartMs = yield* timed(function* () {
    yield* nap('Ann', 200);
    yield* nap('Ben', 100);
  });
  console.log('together:');
  const togetherMs = yield* timed(function* () {
    yield* gather([() => nap('Ann', 200), () => nap('Ben', 100)]);
  });
  console.log(`together they took ${togetherMs < apartMs ? 'less' : 'more'} time`);
}
