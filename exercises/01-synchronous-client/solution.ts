import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

/** Makes one call to `url` and returns its answer, decoded from JSON. The thread is held until the answer is there. */
export function makeOneCall(url: string): unknown {
  return blockingGet(url);
}

/** Makes so many calls to `url`, one after another, and returns their answers in the order of the calls: no promise, a list. */
export function makeManyCalls(number: number, url: string): unknown[] {
  const answers: unknown[] = [];
  // Nothing else runs on this thread from the first call to the last answer.
  for (let index = 0; index < number; index += 1) answers.push(makeOneCall(url));
  return answers;
}
