// Having awaited all answers is taken for handing them on.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<void> {
  await Promise.all(Array.from({ length: number }, () => makeOneCall(url)));
}
