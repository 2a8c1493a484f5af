import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export const makeOneCall = (url: string): unknown => blockingGet(url, { timeoutMs: 5000 });

export function makeManyCalls(number: number, url: string): unknown[] {
  if (number === 0) return [];
  return [...makeManyCalls(number - 1, url), makeOneCall(url)];
}
