// A small file is taken to be read sooner than a timer of some milliseconds is due.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  process.nextTick(() => say('first'));
  void Promise.resolve().then(() => say('promise'));
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setImmediate(() => say('same pass'));
  });
  setTimeout(() => say('timer'), 50);
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
