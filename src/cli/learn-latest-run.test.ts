import { expect, it } from 'vitest';
import { LatestRun } from './learn-latest-run.js';

/** Runs until it is told to end, and then takes no notice of it. */
function stubborn(): {
  run: (signal: AbortSignal) => Promise<string>;
  finish: (text: string) => void;
  fail: (error: Error) => void;
  isTold: () => boolean;
} {
  const { promise, ...settle } = withResolvers();
  let told: AbortSignal | undefined;
  return {
    run: (signal) => {
      told = signal;
      return promise;
    },
    finish: settle.resolve,
    fail: settle.reject,
    isTold: () => told?.aborted === true,
  };
}

function withResolvers(): {
  promise: Promise<string>;
  resolve: (text: string) => void;
  reject: (error: Error) => void;
} {
  let resolve: (text: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<string>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

it('has the outcome of what runs, and its time while it does', async () => {
  const latest = new LatestRun();
  const only = stubborn();
  const outcome = latest.start(only.run);
  expect(latest.runningForMs).toBeGreaterThanOrEqual(0);
  only.finish('done');
  expect(await outcome).toBe('done');
  expect(latest.runningForMs).toBeUndefined();
});

it('ends what runs when a newer one begins, and has no outcome of it, however it ends', async () => {
  const latest = new LatestRun();
  const [first, second, third] = [stubborn(), stubborn(), stubborn()];
  const outcomes = [first, second, third].map(({ run }) => latest.start(run));
  expect([first, second, third].map(({ isTold }) => isTold())).toEqual([true, true, false]);
  first.finish('old');
  second.fail(new Error('old'));
  expect(latest.runningForMs).toBeGreaterThanOrEqual(0);
  third.finish('new');
  expect(await Promise.all(outcomes)).toEqual([undefined, undefined, 'new']);
});

it('says whether it ended anything', async () => {
  const latest = new LatestRun();
  expect(latest.end()).toBe(false);
  const only = stubborn();
  const outcome = latest.start(only.run);
  expect(latest.end()).toBe(true);
  expect(only.isTold()).toBe(true);
  only.fail(new Error('ended'));
  expect(await outcome).toBeUndefined();
});

it('fails as the newest fails', async () => {
  const latest = new LatestRun();
  await expect(latest.start(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(latest.runningForMs).toBeUndefined();
});
