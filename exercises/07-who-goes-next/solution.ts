import { readFile } from 'node:fs';
import { setImmediate as othersFirst } from 'node:timers/promises';

/** Has six words said, each from a callback of its own kind, in the order of the README. */
export function speak(say: (word: string) => void, path: string): void {
  // These lines can stand in any order: the loop knows who goes next.
  readFile(path, 'utf8', (error, word) => {
    if (error) throw error;
    say(word);
    // The loop is at its I/O now. setImmediate comes next in its round, and timers not before the next pass.
    setTimeout(() => say('timer'), 0);
    setImmediate(() => say('same pass'));
  });
  void Promise.resolve().then(() => say('promise'));
  process.nextTick(() => say('first'));
  say('now');
}

/** Calls work(0), work(1) ... work(pieces - 1), and lets timers and I/O in after each; resolves when all is done. */
export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    // `await Promise.resolve()` would go on before anything else: a promise reaction waits for no timer and no I/O.
    await othersFirst();
  }
}
