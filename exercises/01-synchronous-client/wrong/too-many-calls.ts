// Counting from 0 up to and including a number is taken to make so many rounds.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export function makeOneCall(url: string): unknown {
  return blockingGet(url);
}

export function makeManyCalls(number: number, url: string): unknown[] {
  const answers: unknown[] = [];
  for (let index = 0; index <= number; index += 1) answers.push(makeOneCall(url));
  return answers;
}
