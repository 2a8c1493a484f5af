import { readFile } from 'node:fs';

export const speak = (say: (word: string) => void, path: string): void => {
  say('now');
  process.nextTick(() => {
    say('first');
    void Promise.resolve('promise')
      .then(say)
      .finally(() => {
        readFile(path, (_, bytes) => {
          const turn = setInterval(() => {
            clearInterval(turn);
            say('timer');
          }, 0);
          setImmediate(say, 'same pass');
          say(bytes.toString());
        });
      });
  });
};

export const inPieces = (pieces: number, work: (piece: number) => void): Promise<void> =>
  new Promise((resolve) => {
    let piece = 0;
    const timer = setInterval(() => {
      if (piece < pieces) work(piece);
      else {
        clearInterval(timer);
        resolve();
      }
      piece += 1;
    }, 0);
  });
