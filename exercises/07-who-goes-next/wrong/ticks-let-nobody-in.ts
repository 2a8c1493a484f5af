// process.nextTick is taken to let the loop make a pass.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  process.nextTick(() => say('first'));
  queueMicrotask(() => say('promise'));
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setImmediate(() => say('same pass'));
    setTimeout(() => say('timer'), 0);
  });
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const next = (piece: number): void => {
      if (piece === pieces) {
        resolve();
        return;
      }
      work(piece);
      process.nextTick(next, piece + 1);
    };
    next(0);
  });
}
