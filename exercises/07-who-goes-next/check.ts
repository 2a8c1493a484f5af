import { readFile } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  failed,
  passed,
  shuffled,
  type Attempt,
  type CheckContext,
  type Failed,
  type MeasuredLane,
  type Measurement,
  type Verdict,
  type WatchedCall,
} from 'lwasync/learn';

// Nothing else runs while a word is said: a timer beside the file read is due before the file is there.
const WORD_MS = 30;
// Two beats: a timer that is let in between two pieces fires each time.
const PIECE_MS = 10;
const PIECES = 10;
// A timer set before its piece is due when the piece ends, and of two that are due Node takes it ahead every second time.
const LET_IN = PIECES / 2 - 1;
// Beats of a free thread after which a word that has not come is taken not to come.
const QUIET_BEATS = 100;
const MOST_SHOWN = 8;
const RUNS = 100;
const FIVE = 5;
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
  return (
    judgeWords(script, say.calls) ??
    judgeOrigins(script, say.calls) ??
    judgeOrder(script, say.calls)
  );
}

/** A word, and who is to say it. */
interface Line {
  readonly word: string;
  readonly by: string;
  readonly isSaidBy: (call: WatchedCall) => boolean;
}

/** The words in the order in which they are to be said. */
function scriptWith(inFile: string): readonly Line[] {
  const isReaction = ({ from }: WatchedCall): boolean => from === 'PROMISE' || from === 'Microtask';
  return [
    { word: 'now', by: 'speak itself', isSaidBy: ({ from }) => from === '' },
    { word: 'first', by: 'process.nextTick', isSaidBy: ({ from }) => from === 'TickObject' },
    {
      word: 'promise',
      by: 'a promise reaction',
      isSaidBy: (call) => isReaction(call) && call.turn === '',
    },
    {
      word: inFile,
      by: 'the callback of a file read',
      isSaidBy: ({ turn }) => !['', 'Timeout', 'Immediate'].includes(turn),
    },
    { word: 'same pass', by: 'setImmediate', isSaidBy: ({ turn }) => turn === 'Immediate' },
    { word: 'timer', by: 'a timer', isSaidBy: ({ turn }) => turn === 'Timeout' },
  ];
}

function judgeWords(script: readonly Line[], calls: readonly WatchedCall[]): Failed | undefined {
  if (calls.length === 0) return failed('nothing-said', 'no word was said');
  const said = calls.map(wordOf);
  const missing = script.map(({ word }) => word).filter((word) => !said.includes(word));
  const others = said.filter((word) => !script.some((line) => line.word === word));
  if (said.length === script.length && missing.length === 0) return undefined;
  return failed(
    'not-each-once',
    [
      `expected six words, each once, got ${said.length}: ${said.slice(0, MOST_SHOWN).map(quoted).join(', ')}`,
      ...(missing.length > 0 ? [`${missing.map(quoted).join(', ')} not said`] : []),
      ...(others.length > 0
        ? [`${others.slice(0, MOST_SHOWN).map(quoted).join(', ')} not asked for`]
        : []),
    ].join('; '),
  );
}

/** Each word must come from its own kind of callback, so saying all of them in the right order is not enough. */
function judgeOrigins(script: readonly Line[], calls: readonly WatchedCall[]): Failed | undefined {
  const misplaced = calls.flatMap((call) => {
    const line = script.find(({ word }) => word === wordOf(call));
    return line === undefined || line.isSaidBy(call) ? [] : [{ call, line }];
  });
  const [first] = misplaced;
  if (first === undefined) return undefined;
  const { call, line } = first;
  const atOnce = misplaced.filter(({ call: { from } }) => from === '').length;
  if (atOnce > 1) {
    return failed(
      'said-at-once',
      `${atOnce + 1} words were said before speak returned; only 'now' should be`,
    );
  }
  return failed(
    misplacedAs(script.indexOf(line), call),
    `${quoted(line.word)} was said by ${whoSaid(call)}, expected ${line.by}`,
  );
}

function misplacedAs(place: number, { from, turn }: WatchedCall): string {
  if (from === '') return place === 3 ? 'read-synchronously' : 'said-at-once';
  if (place === 1 && turn === 'Immediate') return 'immediate-for-tick';
  if (place === 3 && turn === '') return 'read-synchronously';
  if (place === 4 && from === 'TickObject') return 'tick-for-immediate';
  return 'from-elsewhere';
}

function judgeOrder(script: readonly Line[], calls: readonly WatchedCall[]): Failed | undefined {
  const said = calls.map(wordOf);
  const words = script.map(({ word }) => word);
  if (words.every((word, place) => said[place] === word)) return undefined;
  const order = `the order was ${said.map(quoted).join(', ')}`;
  const [, first = '', promise = '', inFile = '', samePass = '', timer = ''] = words;
  const isBefore = (one: string, other: string): boolean => said.indexOf(one) < said.indexOf(other);
  if (isBefore(promise, first)) {
    return failed('promise-before-tick', `${order}: a promise reaction went ahead of 'first'`);
  }
  const early = [samePass, timer].filter((word) => isBefore(word, inFile));
  return early.length > 0
    ? failed(
        'not-in-its-callback',
        `${order}: ${early.map(quoted).join(' and ')} did not wait until the file was read`,
      )
    : failed('timer-before-immediate', `${order}: 'timer' went ahead of 'same pass'`);
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

function wordOf({ args: [word] }: WatchedCall): string {
  return word instanceof Uint8Array ? new TextDecoder().decode(word) : String(word);
}

function quoted(word: string): string {
  return `'${word}'`;
}

function whoSaid({ from, turn }: WatchedCall): string {
  const names: Readonly<Record<string, string>> = {
    '': 'speak itself',
    TickObject: 'process.nextTick',
    PROMISE: 'a promise reaction',
    Microtask: 'a promise reaction',
    Timeout: 'a timer',
    Immediate: 'setImmediate',
  };
  const name = (kind: string): string => names[kind] ?? 'a callback of I/O';
  return from === turn || turn === '' ? name(from) : `${name(from)} after ${name(turn)}`;
}

/**
 * Runs the five lines of the README in the callback of a file that was read, and in that of `setImmediate`, where no order of the
 * timer and the immediate is promised.
 */
export async function measure({ makeFolder }: CheckContext): Promise<Measurement> {
  const path = join(await makeFolder(), 'word.txt');
  await writeFile(path, 'word');
  const inFile = (run: () => void): void => readFile(path, run);
  const ordersIn = async (inside: (run: () => void) => void): Promise<string[]> => {
    const orders: string[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      orders.push((await fiveLines(inside, 0)).map(({ name }) => name).join(', '));
    }
    return orders;
  };
  const [order = '', ...others] = await ordersIn(inFile);
  const isAlways = others.every((other) => other === order);
  const last = ({ length }: string[]): string => `${length} of ${RUNS} runs`;
  const timerFirst = (await ordersIn(setImmediate)).filter((one) => one.endsWith('immediate'));
  return {
    text:
      `${isAlways ? `all ${RUNS} runs` : 'some runs'} in the callback of a file went: ${order}; ` +
      `in that of setImmediate, where nothing is promised, the timer went ahead of the immediate in ${last(timerFirst)}`,
    choice: isAlways ? choiceOf(order) : undefined,
    lanes: await fiveLines(inFile, WORD_MS),
  };
}

/** The five lines, each of whose words takes `wordMs`: the words in the order in which they were said. */
function fiveLines(
  inside: (run: () => void) => void,
  wordMs: number,
): Promise<readonly MeasuredLane[]> {
  return new Promise((resolve) => {
    const lanes: MeasuredLane[] = [];
    let beganMs = 0;
    const say = (name: string): void => {
      const fromMs = performance.now() - beganMs;
      while (performance.now() - beganMs < fromMs + wordMs);
      lanes.push({ name, spans: [{ fromMs, toMs: performance.now() - beganMs }] });
      if (lanes.length === FIVE) resolve(lanes);
    };
    inside(() => {
      beganMs = performance.now();
      setTimeout(() => say('timer'), 0);
      setImmediate(() => say('immediate'));
      void Promise.resolve().then(() => say('promise'));
      process.nextTick(() => say('tick'));
      say('now');
    });
  });
}

function choiceOf(order: string): number | undefined {
  const choice = [
    'timer, immediate, promise, tick, now',
    'now, timer, immediate, tick, promise',
    'now, immediate, tick, timer, promise',
    'now, tick, promise, immediate, timer',
  ].indexOf(order);
  return choice < 0 ? undefined : choice;
}
