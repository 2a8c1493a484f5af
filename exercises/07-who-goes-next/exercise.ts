/** Has six words said, each from a callback of its own kind, in the order of the README. */
export function speak(say: (word: string) => void, path: string): void {
  // YOUR CODE HERE: 'now', 'first', 'promise', the word in the file at `path`, 'same pass', 'timer'.
}

/** Calls work(0), work(1) ... work(pieces - 1), and lets timers and I/O in after each; resolves when all is done. */
export async function inPieces(pieces: number, work: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    work(piece);
    // YOUR CODE HERE: let timers and I/O in, then go on.
  }
}
