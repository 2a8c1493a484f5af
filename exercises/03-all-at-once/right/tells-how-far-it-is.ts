import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  let there = 0;
  const progress = setInterval(() => console.log(`${there} of ${number} answers`), 50);
  try {
    return await Promise.all(
      Array.from({ length: number }, async () => {
        const answer = await makeOneCall(url);
        there += 1;
        return answer;
      }),
    );
  } finally {
    clearInterval(progress);
  }
}
