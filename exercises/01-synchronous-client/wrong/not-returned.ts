// Having the answer is taken for handing it on.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export function makeOneCall(url: string): unknown {
  blockingGet(url);
  return undefined;
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
