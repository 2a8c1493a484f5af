import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  failed,
  passed,
  shuffled,
  type Attempt,
  type CheckContext,
  type Failed,
  type Verdict,
  type WatchedCall,
} from 'lwasync/learn';
import { judge, scriptWith } from './check/words.js';

export { measure } from './check/measure.js';

// Nothing else runs while a word is said: a timer beside the file read is due before the file is there.
const WORD_MS = 30;
// Two beats: a timer that is let in between two pieces fires each time.
const PIECE_MS = 10;
const PIECES = 10;
// A timer set before its piece is due when the piece ends, and of two that are due Node takes it ahead every second time.
const LET_IN = PIECES / 2 - 1;
// Beats of a free thread after which a word that has not come is taken not to come.
const QUIET_BEATS = 200;
const IN_FILES = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen'];

/** Each word must come from its own kind of callback and in its place; and pieces of work must let beats of a timer in. */
export async function check(context: CheckContext): Promise<Verdict> {
  const fault = (await checkWords(context)) ?? (await checkPieces(context.attempt));
  return (
    fault ??
    passed(
      'each of the six words came from its own callback and in its place, and others got in after every piece of work',
    )
  );
}

async function checkWords({
  attempt,
  random,
  makeFolder,
}: CheckContext): Promise<Failed | undefined> {
  const path = join(await makeFolder(), 'word.txt');
  const [inFile = ''] = shuffled(IN_FILES, random);
  await writeFile(path, inFile);
  const script = scriptWith(inFile);
  let allSaid = (): void => {};
  const enough = new Promise<void>((resolve) => (allSaid = resolve));
  const say = attempt.watchPlain(() => {
    if (came() === script.length) allSaid();
  }, WORD_MS);
  const came = (): number => say.calls.length;
  const call = attempt.call('speak', [say, path]);
  const isOver = call.then(() => (came() === 0 ? undefined : attempt.quiet(QUIET_BEATS, came)));
  await Promise.race([enough, isOver]);
  await call;
  await attempt.settled();
  return judge(script, say.calls);
}

async function checkPieces(attempt: Attempt): Promise<Failed | undefined> {
  const work = attempt.watchPlain(() => {}, PIECE_MS);
  const { beats } = await attempt.call('inPieces', [PIECES, work]);
  const done = work.calls.length;
  if (done < PIECES) {
    // What was begun and not waited for may be on its way.
    await attempt.quiet(QUIET_BEATS, () => work.calls.length);
    if (work.calls.length === PIECES) {
      return failed(
        'resolved-too-early',
        `it was through when ${done} of ${PIECES} pieces were done; the others came later`,
      );
    }
  }
  const pieces = work.calls.map(({ args: [piece] }) => piece);
  if (pieces.length !== PIECES || pieces.some((piece, index) => piece !== index)) {
    return failed(
      'not-every-piece',
      `expected work(0) to work(${PIECES - 1}) in order, got ${pieces.length === 0 ? 'no call' : pieces.join(', ')}`,
    );
  }
  return beats >= LET_IN ? undefined : nobodyLetIn(beats, work.calls);
}

/** Whoever began the second piece is who was taken to let others in. */
function nobodyLetIn(beats: number, [, second]: readonly WatchedCall[]): Failed {
  const got = `after ${beats} of ${PIECES} pieces of ${PIECE_MS} ms a timer of 5 ms got in`;
  const from = second?.turn === '' ? second.from : 'another turn';
  switch (from) {
    case '':
      return failed('in-one-go', `${got}: the thread was held until all were done`);
    case 'TickObject':
      return failed('ticks-let-nobody-in', `${got}: each tick went ahead of it`);
    case 'PROMISE':
    case 'Microtask':
      return failed('promises-let-nobody-in', `${got}: each promise reaction went ahead of it`);
    default:
      return failed('in-one-pass', `${got}: all were done in one pass of the loop`);
  }
}
