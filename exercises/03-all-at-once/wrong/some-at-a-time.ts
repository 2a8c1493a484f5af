// A few at a time are taken for all.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let from = 0; from < number; from += 5) {
    const size = Math.min(5, number - from);
    answers.push(...(await Promise.all(Array.from({ length: size }, () => makeOneCall(url)))));
  }
  return answers;
}
