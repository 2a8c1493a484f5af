import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, 30_000, new Error('the server takes more than half a minute'));
  });
  try {
    const calls = Array.from({ length: number }, () => makeOneCall(url));
    return await Promise.race([Promise.all(calls), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
