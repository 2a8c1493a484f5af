// A blocking call is taken to need async and await.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export async function makeOneCall(url: string): Promise<unknown> {
  return blockingGet(url);
}

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) answers.push(await makeOneCall(url));
  return answers;
}
