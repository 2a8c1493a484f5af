// Who does not answer within a second is taken not to answer at all, and nobody is told.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  const calls = Array.from({ length: number }, async (_, index) => {
    answers[index] = await makeOneCall(url);
  });
  const second = new Promise((resolve) => setTimeout(resolve, 1000));
  await Promise.race([Promise.all(calls), second]);
  return answers;
}
