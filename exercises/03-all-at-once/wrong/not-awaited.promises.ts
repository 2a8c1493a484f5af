// A list of promises is taken for a list of answers.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) answers.push(makeOneCall(url));
  return answers;
}
