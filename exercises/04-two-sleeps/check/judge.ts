import { failed, type Failed } from 'lwasync/learn';
import { called, took, type Sleep } from './sleep.js';

// A thread that beats at one look of so many is taken to be held.
const FREE_SHARE = 4;

/** How the sleeps of one function are judged. */
export interface Judge {
  readonly name: string;
  /** A sleep that is over before its time; `isLeft` is whether a timer, say, goes on after it. */
  readonly tooShort: (sleep: Sleep, isLeft: boolean) => Failed;
  readonly sleep: (sleep: Sleep) => Failed | undefined;
}

/** The thread is held, and does not compute. */
export const BLOCKING: Judge = {
  name: 'sleepBlocking',
  tooShort: (sleep, isLeft) =>
    isLeft
      ? failed(
          'does-not-block',
          `${called(sleep)} began something that takes time and returned after ${took(sleep)}; it should return when the time is over`,
        )
      : failed('no-blocking-sleep', `${called(sleep)} returned after ${took(sleep)}`),
  sleep: (sleep) => {
    const { gavePromise, beats, looks } = sleep;
    if (gavePromise && beats > 0) {
      return failed(
        'promises-to-block',
        `${called(sleep)} returned a promise at once, and meanwhile a timer in the same thread fired ${beats} times; it should hold the thread`,
      );
    }
    if (gavePromise) {
      return failed(
        'a-promise',
        `${called(sleep)} held its thread, as it should, but then returned a promise; it should return nothing`,
      );
    }
    return sleep.isBusy
      ? failed(
          'burns-cpu',
          `${called(sleep)} held its thread at each of ${looks} looks, but the thread computed all the while; asleep it would leave the CPU to others`,
        )
      : undefined;
  },
};

/** The thread is free, and does not compute. */
export const ASYNCHRONOUS: Judge = {
  name: 'sleepAsynchronously',
  tooShort: (sleep, isLeft) => {
    if (!isLeft) {
      return failed(
        'no-asynchronous-sleep',
        `${called(sleep)} was over after ${took(sleep)}, and nothing was left that could take time`,
      );
    }
    return failed(
      'not-awaited',
      sleep.gavePromise
        ? `the promise of ${called(sleep)} was fulfilled after ${took(sleep)}, while something that it had begun went on`
        : `${called(sleep)} began something that takes time and returned no promise of its end`,
    );
  },
  sleep: (sleep) => {
    const { beats, looks, isBusy } = sleep;
    const isFree = FREE_SHARE * beats >= looks;
    if (isFree && isBusy) {
      return failed(
        'polls',
        `during ${called(sleep)} other things could run in the thread, but it computed again and again; asleep it would leave the CPU to others`,
      );
    }
    if (isFree) return undefined;
    const held = `${called(sleep)} held its thread: a timer in it fired ${beats} times where ${looks} were possible`;
    return isBusy
      ? failed('burns-cpu', `${held}, and the thread computed all the while`)
      : failed('blocks-all-the-same', `${held}; others should be able to run meanwhile`);
  },
};
