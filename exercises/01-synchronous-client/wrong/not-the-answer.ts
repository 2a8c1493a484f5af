// A number that is too big for JSON is taken for one like all others.
import { makeOneCall as blockingGet } from 'lwasync/client-synchronous';

export function makeOneCall(url: string): unknown {
  const { id }: { readonly id?: number } = Object(blockingGet(url));
  return BigInt(Math.round((id ?? 0) * 1e9));
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
