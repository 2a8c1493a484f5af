// Promise.allSettled is taken to give the answers; it gives what became of each promise.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  return Promise.allSettled(Array.from({ length: number }, () => makeOneCall(url)));
}
