import { isDeepStrictEqual } from 'node:util';
import {
  everyOrder,
  failed,
  passed,
  shown,
  type Attempt,
  type CheckContext,
  type Choose,
  type Failed,
  type ObservedOutcome,
  type Verdict,
  type WatchFunction,
  whatCame,
} from 'lwasync/learn';
import type { Note } from './exercise.js';

export { measure } from './check/measure.js';

const FEW = 3;
const MANY = 10;
const MOST_RUNS = 100;
// With a timer, each step takes some beats.
const MOST_TIMED_RUNS = 8;
// Beats of a free thread: so long saves may take while a timer is set, and so long it may take to notice that they are done. What
// takes a certain time is through in the first, or not in the second.
const LONG_BEATS = 600;
const NOTICE_BEATS = 200;

/** One call of saveAll, and what came of it so far. */
interface Run {
  readonly attempt: Attempt;
  readonly notes: readonly Note[];
  readonly save: WatchFunction;
  readonly tell: WatchFunction;
  /** Saves that ended well. */
  saved: number;
  /** Why others did not, and the telling. */
  readonly failures: string[];
  outcome: ObservedOutcome | undefined;
  /** Is told of each call and of the outcome. */
  onNews: () => void;
}

/** Ends few saves in every order, many in one, and none; then few in every order with every choice of failures. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  const anyOf: Choose = (number) => Math.floor(random() * number);
  const never = (): boolean => false;
  const first = begin(attempt, FEW);
  await attempt.settled();
  const timer = await attempt.timerLine();
  const most = timer === undefined ? MOST_RUNS : MOST_TIMED_RUNS;
  const fault =
    (await checkPatience(first, timer)) ??
    (await everyOrder(most, (choose) => checkRun(begin(attempt, FEW), choose, never))) ??
    (await checkRun(begin(attempt, MANY), anyOf, never)) ??
    (await checkRun(begin(attempt, 0), anyOf, never)) ??
    (await everyOrder(most, (choose) =>
      checkRun(begin(attempt, FEW), choose, () => choose(2) === 1),
    ));
  return (
    fault ??
    passed(
      `in every order of ${FEW} saves, and with ${MANY}, it told and returned after the last of them, and no failure was lost`,
    )
  );
}

function begin(attempt: Attempt, number: number): Run {
  const notes = notesOf(number);
  const onCall = (): void => run.onNews();
  const run: Run = {
    attempt,
    notes,
    save: attempt.watch(onCall),
    tell: attempt.watch(onCall),
    saved: 0,
    failures: [],
    outcome: undefined,
    onNews: () => {},
  };
  attempt.outcome('saveAll', [notes, run.save, run.tell]).then(
    (outcome) => {
      run.outcome = outcome;
      run.onNews();
    },
    () => {},
  );
  return run;
}

function notesOf(number: number): Note[] {
  return Array.from({ length: number }, (_, index) => ({
    id: index + 1,
    text: `note ${index + 1}`,
  }));
}

/** Where a timer is set, in line `timer`, the saves take long: longer than what waits for nothing but the timer. */
async function checkPatience(run: Run, timer: number | undefined): Promise<Failed | undefined> {
  const { attempt } = run;
  if (timer !== undefined) {
    await newsWithin(run, LONG_BEATS);
    await attempt.settled();
    const fault = judgeProgress(run);
    if (fault !== undefined) {
      const { message } = fault;
      return failed(
        'waits-some-time',
        `${message}; it had waited for a timer, begun in line ${timer}`,
      );
    }
  }
  const fault = await checkRun(
    run,
    () => 0,
    () => false,
  );
  const left = fault === undefined ? await attempt.timerLine() : undefined;
  return left === undefined
    ? fault
    : failed(
        'waits-some-time',
        `when all was done a timer, begun in line ${left}, still ran; however long it takes, a save may take longer`,
      );
}

async function newsWithin(run: Run, beats: number): Promise<void> {
  const news = new Promise<void>((resolve) => (run.onNews = resolve));
  await whatCame(run.attempt, news, beats);
}

/** Ends the saves one by one, then the telling, and looks after each what became of it. */
async function checkRun(
  run: Run,
  choose: Choose,
  fails: () => boolean,
): Promise<Failed | undefined> {
  const { attempt, save, tell, failures } = run;
  for (;;) {
    await attempt.settled();
    const fault =
      (await judgeWaiting(run)) ?? (failures.length > 0 ? judgeFailed(run) : judgeProgress(run));
    if (fault !== undefined) return fault;
    const underWay = save.waiting.length > 0 ? save.waiting : tell.waiting;
    const next = underWay[choose(underWay.length)];
    if (next === undefined) return failures.length > 0 ? undefined : judgeEnd(run);
    if (fails()) {
      const reason = `out of reach (${failures.length + 1})`;
      failures.push(reason);
      next.fail(reason);
    } else {
      next.answer();
      if (save.calls.includes(next)) run.saved += 1;
    }
  }
}

/** As long as saves are under way, nothing else may have happened; then the telling. */
function judgeProgress(run: Run): Failed | undefined {
  const { notes, save, tell, saved, outcome } = run;
  const [number, underWay] = [notes.length, save.waiting.length];
  if (outcome?.threw !== undefined) {
    return failed('throws', `nothing failed, and it threw: ${outcome.threw.said}`);
  }
  if (save.calls.length > number) {
    return failed(
      'saved-twice',
      `of ${number} notes it began ${save.calls.length} saves; each note should be saved once`,
    );
  }
  if (saved === number) {
    return outcome !== undefined && tell.waiting.length > 0
      ? failed('telling-not-awaited', 'it returned while the telling was still under way')
      : undefined;
  }
  if (outcome === undefined && tell.calls.length === 0) return undefined;
  // Perhaps it tells of one after the other: the next one is begun when the telling is done.
  if (outcome === undefined && underWay === 0 && tell.waiting.length > 0) return undefined;
  if (underWay === 0) {
    return failed(
      'not-saved',
      `of ${number} notes it gave ${saved} to be saved, and went on as if those were all`,
    );
  }
  return tell.calls.length > 0
    ? failed(
        'told-too-early',
        `it told ${shown(tell.calls[0]?.args[0])} with ${saved} of ${number} notes saved and ${underWay} still under way`,
      )
    : failed(
        'returned-too-early',
        `it returned with ${saved} of ${number} notes saved and ${underWay} still under way`,
      );
}

/** Nothing is under way: a timer may look for that from time to time, but what waits for it alone does not go on. */
async function judgeWaiting(run: Run): Promise<Failed | undefined> {
  const { attempt, save, tell } = run;
  if (run.outcome !== undefined || save.waiting.length + tell.waiting.length > 0) return undefined;
  const timer = await attempt.timerLine();
  if (timer === undefined) return undefined;
  const before = save.calls.length + tell.calls.length;
  await newsWithin(run, NOTICE_BEATS);
  await attempt.settled();
  if (isReturned(run) || save.calls.length + tell.calls.length > before) return undefined;
  return failed(
    'waits-some-time',
    `nothing was under way any more, and it waited for a timer, begun in line ${timer}; however long that takes, a save may take longer`,
  );
}

function isReturned({ outcome }: Run): boolean {
  return outcome !== undefined;
}

/** A failure may end the function at once, or when all saves have ended; it is told to whoever called. */
function judgeFailed(run: Run): Failed | undefined {
  const { attempt, notes, save, tell, saved, failures, outcome } = run;
  const [lost] = attempt.unhandled;
  if (lost !== undefined) {
    return failed(
      'unhandled-rejection',
      `a promise was rejected with "${lost}" when nobody was waiting for it; in a program of its own that ends it`,
    );
  }
  if (outcome === undefined) {
    if (save.waiting.length + tell.waiting.length > 0) return undefined;
    return failed(
      'waits-for-ever',
      `after "${failures[0]}" nothing was left to wait for, and it still waited`,
    );
  }
  if (outcome.threw === undefined) {
    return failed(
      'error-swallowed',
      `a save or the telling failed with "${failures[0]}", and it returned ${shown(outcome.value)}`,
    );
  }
  if (tell.calls.length > 0 && saved < notes.length) {
    return failed(
      'told-though-failed',
      `a save failed with "${failures[0]}", and it told ${shown(tell.calls[0]?.args[0])} all the same`,
    );
  }
  const { message } = outcome.threw;
  return failures.some((failure) => message.includes(failure))
    ? undefined
    : failed(
        'another-error',
        `a save or the telling failed with "${failures[0]}", and it threw something else: ${message}`,
      );
}

/** Nothing is under way any more. */
function judgeEnd({ notes, save, tell, outcome }: Run): Failed | undefined {
  const number = notes.length;
  const given = save.calls.map(({ args: [note] }) => note);
  const missing = notes.find((note) => !given.some((one) => isDeepStrictEqual(one, note)));
  if (missing !== undefined) {
    return failed(
      'not-saved',
      `it called save ${given.length} times, and never with ${shown(missing)}`,
    );
  }
  const told = tell.calls.map(({ args }) => args[0]);
  if (outcome === undefined) {
    const saved = number === 0 ? 'there was no note to save' : `all ${number} notes were saved`;
    const what = told.length > 0 ? 'it had told that all is saved' : saved;
    return failed('waits-for-ever', `${what}, nothing was under way, and it still waited`);
  }
  if (told.length === 0) {
    return failed('not-told', `it returned after ${number} notes were saved, and told nobody`);
  }
  if (told.length > 1 || told[0] !== number) {
    const tellings = told.map(shown).join(' and then ');
    return failed(
      'wrong-number',
      `it told ${tellings} after ${number} notes were saved; expected ${number}, once`,
    );
  }
  return outcome.threw === undefined && outcome.value === number
    ? undefined
    : failed('wrong-number', `it told ${number} and returned something else; expected ${number}`);
}
