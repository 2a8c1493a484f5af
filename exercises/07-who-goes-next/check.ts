import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  failed,
  passed,
  shown,
  shuffled,
  type Attempt,
  type Caller,
  type CheckContext,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { judge, scriptWith } from './check/words.js';

export { measure } from './check/measure.js';

// Nothing else runs while a word is said: a timer beside the file read is due before the file is there.
const WORD_MS = 20;
// What went well once, with another word.
const TIMES = 2;
// Timers set together, each a little later, are all due when a piece is done.
const PIECE_MS = 10;
const PIECES = 10;
// Beats of a free thread after which a word that has not come is taken not to come.
const QUIET_BEATS = 200;
const IN_FILES = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen'];

/** Each word must come from its own kind of callback and in its place; and pieces of work must be done in passes of their own. */
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
  for (const inFile of shuffled(IN_FILES, random).slice(0, TIMES)) {
    await writeFile(path, inFile);
    const fault = await checkOnce(attempt, path, inFile);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

async function checkOnce(
  attempt: Attempt,
  path: string,
  inFile: string,
): Promise<Failed | undefined> {
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

/** Pieces between which others get in are done in passes of their own. */
async function checkPieces(attempt: Attempt): Promise<Failed | undefined> {
  const work = attempt.watchPlain(() => {}, PIECE_MS);
  await attempt.call('inPieces', [PIECES, work]);
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
    const got =
      pieces.length === 0
        ? 'no call'
        : pieces
            .slice(0, 2 * PIECES)
            .map(shown)
            .join(', ');
    return failed(
      'not-every-piece',
      `expected work(0) to work(${PIECES - 1}) in order, got ${got}`,
    );
  }
  const callers = work.calls.map(({ caller }) => caller);
  for (const [index, caller] of callers.entries()) {
    const before = callers[index - 1];
    const fault = before === undefined ? undefined : judgeBetween(index, before, caller);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Whoever began a piece in the pass of the one before is who was taken to let others in. */
function judgeBetween(piece: number, before: Caller, caller: Caller): Failed | undefined {
  const turns = caller.turnIndex - before.turnIndex;
  // The check calls from the callbacks of I/O: what is set there with setImmediate comes next, in the same pass.
  if (turns > 1 || caller.pass > before.pass || (piece === 1 && turns === 1)) return undefined;
  const got = `between work(${piece - 1}) and work(${piece}) no timer and no I/O got in`;
  if (caller.run === before.run) {
    return failed('in-one-go', `${got}: the thread was held from one to the other`);
  }
  if (turns > 0) {
    return failed('in-one-pass', `${got}: both were done in one pass of the loop`);
  }
  return caller.from === 'TickObject'
    ? failed('ticks-let-nobody-in', `${got}: the tick went ahead of them`)
    : failed('promises-let-nobody-in', `${got}: the promise reaction went ahead of them`);
}
