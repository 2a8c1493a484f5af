import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

/** Makes one call to `url` and returns its answer, decoded from JSON. The thread is held until the answer is there. */
export function makeOneCall(url: string): unknown {
  // YOUR CODE HERE: get the answer with blockingGet(url), and return it.
  return undefined;
}

/** Makes so many calls to `url`, one after another, and returns their answers in the order of the calls: no promise, a list. */
export function makeManyCalls(number: number, url: string): unknown[] {
  const answers: unknown[] = [];
  // YOUR CODE HERE: call makeOneCall(url) `number` times, and keep every answer.
  return answers;
}
