import { createReadStream } from 'node:fs';

export function speak(say: (word: string) => void, path: string): void {
  queueMicrotask(() => say('promise'));
  let word = '';
  createReadStream(path, 'utf8')
    .on('data', (part) => (word += String(part)))
    .on('end', () => {
      setImmediate(() => {
        say('same pass');
        setTimeout(say, 0, 'timer');
      });
      say(word);
    });
  process.nextTick(() => say('first'));
  say('now');
}

export function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  return new Promise((resolve) => {
    const next = (piece: number): void => {
      if (piece === pieces) {
        resolve();
        return;
      }
      work(piece);
      setImmediate(next, piece + 1);
    };
    next(0);
  });
}
