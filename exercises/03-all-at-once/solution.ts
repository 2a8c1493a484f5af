import { makeOneCall } from 'lwasync/client-asynchronous';

/** Makes so many calls to `url`, all in flight together, and returns their answers in the order of the calls. */
export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const calls = Array.from({ length: number }, () => makeOneCall(url));
  return Promise.all(calls);
}
