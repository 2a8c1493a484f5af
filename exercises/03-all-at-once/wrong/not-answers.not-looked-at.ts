// Answers are taken to be numbered from 0, so that nobody needs to look at them.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers = await Promise.all(Array.from({ length: number }, () => makeOneCall(url)));
  return answers.map((_, index) => ({ call: index }));
}
