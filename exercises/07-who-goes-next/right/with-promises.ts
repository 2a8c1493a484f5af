import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export async function speak(say: (word: string) => void, path: string): Promise<void> {
  say('now');
  process.nextTick(say, 'first');
  await Promise.resolve();
  say('promise');
  say(await readFile(path, 'utf8'));
  await new Promise((resolve) => setImmediate(resolve));
  say('same pass');
  await sleep(0);
  say('timer');
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    if (piece > 0) await sleep(0);
    work(piece);
  }
}
