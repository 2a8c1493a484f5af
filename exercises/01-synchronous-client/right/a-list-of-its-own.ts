import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

class Answers extends Array<unknown> {
  readonly madeAt = new Date();
}

export function makeOneCall(url: string): unknown {
  return Object.assign(Object.create(null), blockingGet(url));
}

export function makeManyCalls(number: number, url: string): unknown[] {
  const answers = new Answers();
  for (let left = number; left > 0; left -= 1) answers.push(makeOneCall(url));
  return answers;
}
