// After every second piece is taken to be often enough.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setTimeout(() => say('timer'), 0);
    setImmediate(() => say('same pass'));
  });
  void Promise.resolve().then(() => say('promise'));
  process.nextTick(() => say('first'));
  say('now');
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    if (piece % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
