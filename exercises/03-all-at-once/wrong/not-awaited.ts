// A call that was started is taken for one that is answered.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) {
    void makeOneCall(url).then((answer) => answers.push(answer));
  }
  return answers;
}
