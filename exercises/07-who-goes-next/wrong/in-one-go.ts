// The async keyword is taken to let others in.
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
  const oneOf = async (piece: number): Promise<void> => work(piece);
  await Promise.all(Array.from({ length: pieces }, (_, piece) => oneOf(piece)));
}
