// Calling a function where one is to be handed over: the words stand in the right lines and are said at once.
import { readFileSync } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  say('now');
  process.nextTick(() => {}, say('first'));
  void Promise.resolve(say('promise'));
  say(readFileSync(path, 'utf8'));
  setImmediate(() => {}, say('same pass'));
  setTimeout(() => {}, 0, say('timer'));
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
