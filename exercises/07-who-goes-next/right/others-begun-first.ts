import { open } from 'node:fs/promises';
import { scheduler } from 'node:timers/promises';

export async function speak(say: (word: string) => void, path: string): Promise<void> {
  const reading = open(path);
  void (async () => {
    await Promise.resolve();
    say('promise');
  })();
  process.nextTick(() => say('first'));
  say('now');
  const file = await reading;
  say(await file.readFile('utf8'));
  setTimeout(() => say('timer'));
  setImmediate(() => say('same pass'));
  await file.close();
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  if (pieces === 0) return;
  await inPieces(pieces - 1, work);
  work(pieces - 1);
  await scheduler.yield();
}
