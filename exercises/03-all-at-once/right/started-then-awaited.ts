import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const calls: Promise<unknown>[] = [];
  for (let index = 0; index < number; index += 1) calls.push(makeOneCall(url));
  const answers: unknown[] = [];
  for (const call of calls) answers.push(await call);
  return answers;
}
