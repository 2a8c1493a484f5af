import { Future } from '../../dist/loop/index.js';

/** Waits until the input ends, which it does with the process that started this one, whatever ended that. */
export function* endWithInput(loop) {
  const ended = new Future(loop);
  const reader = loop.addReader(0, () => {
    reader.cancel();
    ended.resolve(undefined);
  });
  yield* ended;
}
