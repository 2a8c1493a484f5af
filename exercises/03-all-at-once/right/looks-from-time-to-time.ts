import { setTimeout as sleep } from 'node:timers/promises';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  const places = Array.from({ length: number }, (_, index) => index);
  for (const place of places) {
    void fetch(url)
      .then((response) => response.json())
      .then((answer: unknown) => {
        answers[place] = answer;
      });
  }
  while (places.some((place) => !(place in answers))) await sleep(20);
  return answers;
}
