// A callback that is set is taken for one that has run.
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
  const next = (piece: number): void => {
    work(piece);
    if (piece + 1 < pieces) setImmediate(next, piece + 1);
  };
  next(0);
}
