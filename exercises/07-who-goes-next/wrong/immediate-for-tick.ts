// setImmediate is taken for the sooner of the two, as its name says.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  setImmediate(() => say('first'));
  void Promise.resolve().then(() => say('promise'));
  readFile(path, 'utf8', (_, word) => {
    say(word);
    process.nextTick(() => say('same pass'));
    setTimeout(() => say('timer'), 0);
  });
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
