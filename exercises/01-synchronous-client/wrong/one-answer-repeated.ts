// The argument of fill is taken to be computed anew for each place.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export function makeOneCall(url: string): unknown {
  return blockingGet(url);
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return new Array(number).fill(makeOneCall(url));
}
