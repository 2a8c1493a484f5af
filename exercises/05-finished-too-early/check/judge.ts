import { isDeepStrictEqual } from 'node:util';
import { failed, shown, type Failed } from 'lwasync/learn';
import type { Run } from './run.js';

/** As long as saves are under way, nothing else may have happened; then the telling. */
export function judgeProgress(run: Run): Failed | undefined {
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

/** A failure may end the function at once, or when all saves have ended; it is told to whoever called. */
export function judgeFailed(run: Run): Failed | undefined {
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
export function judgeEnd({ notes, save, tell, outcome }: Run): Failed | undefined {
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
