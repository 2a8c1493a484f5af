// Pieces that are each set with setImmediate are taken to run in a pass of their own.
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
  const all = Array.from(
    { length: pieces },
    (_, piece) =>
      new Promise<void>((resolve) => {
        setImmediate(() => {
          work(piece);
          resolve();
        });
      }),
  );
  await Promise.all(all);
}
