// A timer of 0 ms is taken to run at once, so that what comes after it is set in its callback.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  process.nextTick(() => say('first'));
  void Promise.resolve().then(() => say('promise'));
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setTimeout(() => {
      say('timer');
      setImmediate(() => say('same pass'));
    }, 0);
  });
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
