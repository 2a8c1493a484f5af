// setImmediate is taken to run in the pass in which it is set, wherever that is.
import { readFile } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  readFile(path, 'utf8', (_, word) => {
    say(word);
    setImmediate(() => {
      setImmediate(() => {
        say('same pass');
        setTimeout(() => say('timer'), 0);
      });
    });
  });
  void Promise.resolve().then(() => say('promise'));
  process.nextTick(() => say('first'));
  say('now');
}

export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
