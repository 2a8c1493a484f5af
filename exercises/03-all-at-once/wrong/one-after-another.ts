// Awaiting in a loop is taken for doing things at the same time.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) answers.push(await makeOneCall(url));
  return answers;
}
