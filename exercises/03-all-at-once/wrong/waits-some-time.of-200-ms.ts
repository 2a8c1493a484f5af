// A pause is taken for waiting until the answers are there.
import { setTimeout as sleep } from 'node:timers/promises';
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) {
    void makeOneCall(url).then((answer) => (answers[index] = answer));
  }
  await sleep(200);
  return answers;
}
