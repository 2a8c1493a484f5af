// What goes on telling how far it is, is taken to go on waiting.
import { makeOneCall } from 'lwasync/client-asynchronous';

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) {
    void makeOneCall(url).then((answer) => answers.push(answer));
  }
  const progress = setInterval(() => {
    console.log(`${answers.length} of ${number} answers`);
    if (answers.length === number) clearInterval(progress);
  }, 50);
  return answers;
}
