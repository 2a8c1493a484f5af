// The server is taken to give the same answer at every address.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export function makeOneCall(url: string): unknown {
  return blockingGet(new URL('/', url).href);
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
