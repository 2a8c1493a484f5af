// Promise.all is taken to put the answers into the list by itself; what it gives is thrown away.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  await Promise.all(Array.from({ length: number }, () => makeOneCall(url)));
  return answers;
}
