// A short read is taken for one that holds nobody up.
import { readFileSync } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  process.nextTick(() => say('first'));
  void Promise.resolve()
    .then(() => say('promise'))
    .then(() => {
      say(readFileSync(path, 'utf8'));
      setImmediate(() => say('same pass'));
      setTimeout(() => say('timer'), 0);
    });
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
