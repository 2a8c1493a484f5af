// Answers are taken to come back in the order of the calls.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  await Promise.all(
    Array.from({ length: number }, async () => {
      answers.push(await makeOneCall(url));
    }),
  );
  return answers;
}
