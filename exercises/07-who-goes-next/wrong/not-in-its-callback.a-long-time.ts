// A third of a second is taken to be long enough for any file.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setImmediate(() => say('same pass'));
  });
  setTimeout(() => say('timer'), 300);
  void Promise.resolve().then(() => say('promise'));
  process.nextTick(() => say('first'));
  say('now');
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
