// A tick is taken to go ahead of promise reactions wherever it is set, also in one of them.
import { readFile } from 'node:fs/promises';

export async function speak(say: (word: string) => void, path: string): Promise<void> {
  say('now');
  await Promise.resolve();
  process.nextTick(() => say('first'));
  await Promise.resolve();
  say('promise');
  say(await readFile(path, 'utf8'));
  setImmediate(() => say('same pass'));
  setTimeout(() => say('timer'), 0);
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
