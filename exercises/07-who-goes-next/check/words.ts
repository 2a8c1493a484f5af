import { failed, shown, type Caller, type Failed, type WatchedCall } from 'lwasync/learn';

const MOST_SHOWN = 8;
const LONGEST_SHOWN = 40;

/** A word, and who is to say it. */
export interface Line {
  readonly word: string;
  readonly by: string;
  readonly isSaidBy: (caller: Caller) => boolean;
}

/** The words in the order in which they are to be said. */
export function scriptWith(inFile: string): readonly Line[] {
  return [
    { word: 'now', by: 'speak itself', isSaidBy: ({ from }) => from === '' },
    { word: 'first', by: 'process.nextTick', isSaidBy: ({ from }) => from === 'TickObject' },
    {
      word: 'promise',
      by: 'a promise reaction',
      isSaidBy: ({ from, turn }) => isReaction(from) && turn === '',
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

/** The first thing that is wrong with what was said, by whom, and when. */
export function judge(script: readonly Line[], calls: readonly WatchedCall[]): Failed | undefined {
  return judgeWords(script, calls) ?? judgeOrigins(script, calls) ?? judgeOrder(script, calls);
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
    return line === undefined || line.isSaidBy(call.caller) ? [] : [{ caller: call.caller, line }];
  });
  const [first] = misplaced;
  if (first === undefined) return undefined;
  const { caller, line } = first;
  const atOnce = misplaced.filter(({ caller: { from } }) => from === '').length;
  if (atOnce > 1) {
    return failed(
      'said-at-once',
      `${atOnce + 1} words were said before speak returned; only 'now' should be`,
    );
  }
  return failed(
    misplacedAs(script.indexOf(line), caller),
    `${quoted(line.word)} was said by ${whoSaid(caller)}, expected ${line.by}`,
  );
}

function misplacedAs(place: number, { from, turn }: Caller): string {
  if (from === '') return place === 3 ? 'read-synchronously' : 'said-at-once';
  if (place === 1 && turn === 'Immediate') return 'immediate-for-tick';
  if (place === 3 && turn === '') return 'read-synchronously';
  if (place === 4 && from === 'TickObject') return 'tick-for-immediate';
  return 'from-elsewhere';
}

function judgeOrder(script: readonly Line[], calls: readonly WatchedCall[]): Failed | undefined {
  const said = calls.map(wordOf);
  const words = script.map(({ word }) => word);
  if (words.every((word, place) => said[place] === word)) return judgeBegins(calls);
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

/** The right order may be one of luck: each word must be said by what could come at no other time. */
function judgeBegins(calls: readonly WatchedCall[]): Failed | undefined {
  const [, first, , inFile, samePass, timer] = calls.map(({ caller }) => caller);
  if (first !== undefined && isReaction(first.begunFrom)) {
    return failed(
      'promise-before-tick',
      "the tick that said 'first' was set in a promise reaction, which went ahead of it",
    );
  }
  if (inFile === undefined || samePass === undefined || timer === undefined) return undefined;
  const early = [
    { word: 'same pass', caller: samePass },
    { word: 'timer', caller: timer },
  ].filter(({ caller }) => caller.turnBegunIn < inFile.turnIndex);
  if (early.length > 0) {
    const words = early.map(({ word }) => quoted(word)).join(' and ');
    return failed(
      'not-in-its-callback',
      `the order was right by luck: ${words} did not wait until the file was read, and what sets it was called before that`,
    );
  }
  return samePass.pass === inFile.pass
    ? undefined
    : failed(
        'another-pass',
        "'same pass' was said in a later pass of the loop than the one in which the file was there",
      );
}

function isReaction(kind: string): boolean {
  return kind === 'PROMISE' || kind === 'Microtask';
}

/** What was said; what is no text is told as what it is. */
function wordOf({ args: [word] }: WatchedCall): string {
  if (word instanceof Uint8Array) return new TextDecoder().decode(word);
  return typeof word === 'string' ? word : shown(word);
}

function quoted(word: string): string {
  return `'${word.length > LONGEST_SHOWN ? `${word.slice(0, LONGEST_SHOWN)}…` : word}'`;
}

function whoSaid({ from, turn }: Caller): string {
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
