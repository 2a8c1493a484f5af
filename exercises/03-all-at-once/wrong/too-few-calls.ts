// The argument of fill is taken to be computed anew for each place.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const call = makeOneCall(url);
  return Promise.all(new Array<Promise<unknown>>(number).fill(call));
}
