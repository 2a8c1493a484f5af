import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = Array.from({ length: number });
  await Promise.all(
    answers.map(async (_, index) => {
      answers[index] = await makeOneCall(url);
    }),
  );
  return answers;
}
