import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EventLoop } from '../event-loop.js';
import { ManualSelector } from '../selectors/manual-selector.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { sleep } from '../tasks/sleep.js';
import { gather } from '../tasks/task-group.js';
import { startTask } from '../tasks/task.js';
import { warnOfSlowCallbacks } from './slow-callbacks.js';

const FILE = import.meta.filename;

/** `file:line` of the line of this file that has the mark in a comment. */
function placeOfMark(mark: string): string {
  const lines = readFileSync(FILE, 'utf8').split('\n');
  return `${FILE}:${lines.findIndex((line) => line.endsWith(`// ${mark}`)) + 1}`;
}

function warningsOf(
  main: (loop: EventLoop, selector: ManualSelector) => Coroutine<void>,
): string[] {
  const warnings: string[] = [];
  const selector = new ManualSelector();
  const warn = (sentence: string): void => void warnings.push(sentence);
  const instrument = warnOfSlowCallbacks({ now: selector.now, warn });
  const loop = new EventLoop({ selector, now: selector.now, instrument });
  loop.run(() => main(loop, selector));
  return warnings;
}

describe('a callback that keeps the thread', () => {
  it('is named with its task and the line that started it', () => {
    const warnings = warningsOf(function* main(_loop, selector) {
      yield* sleep(1);
      const block = function* crunch(): Coroutine<void> {
        selector.advance(100);
        yield* sleep(1);
      };
      yield* startTask(block); // starts crunch
    });
    expect(warnings).toEqual([
      `a step of the task crunch (started at ${placeOfMark('starts crunch')}) kept the thread for 100 ms, ` +
        'and nothing else could run meanwhile; cut it with yield* sleep(0) or move it to a thread with runInThread',
    ]);
  });

  it('has the line of who asked for it when the library started the task', () => {
    const warnings = warningsOf(function* main(_loop, selector) {
      yield* gather([() => napAndBlock(selector)]); // gathers
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`(started at ${placeOfMark('gathers')})`);
  });

  it.each([
    ['timer', 'a timer (set at'],
    ['callback', 'a callback (asked for at'],
  ])('is named as a %s with the line that asked for it', (kind, beginning) => {
    const warnings = warningsOf(function* main(loop, selector) {
      if (kind === 'timer')
        loop.callLater(5, () => selector.advance(150)); // asks for a timer
      else loop.callSoon(() => selector.advance(150)); // asks for a callback
      yield* sleep(10);
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${beginning} ${placeOfMark(`asks for a ${kind}`)}) kept`);
  });

  it('is told of when it throws, too', () => {
    const warnings: string[] = [];
    const selector = new ManualSelector();
    const warn = (sentence: string): void => void warnings.push(sentence);
    const instrument = warnOfSlowCallbacks({ now: selector.now, warn });
    const loop = new EventLoop({ selector, now: selector.now, instrument });
    const run = (): void =>
      loop.run(function* main() {
        loop.callSoon(() => {
          selector.advance(200);
          throw new Error('broken');
        });
        yield* sleep(10);
      });
    expect(run).toThrow('broken');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('200 ms');
  });

  it('is not told of below the threshold, nor is sleeping', () => {
    const warnings = warningsOf(function* main(_loop, selector) {
      selector.advance(99);
      yield* sleep(10_000);
    });
    expect(warnings).toEqual([]);
  });
});

describe('a threshold', () => {
  it('that is no number is refused', () => {
    expect(() => warnOfSlowCallbacks({ thresholdMs: NaN, warn: () => {} })).toThrow(
      'expected a threshold in milliseconds of at least 0, got NaN',
    );
  });
});

function* napAndBlock(selector: ManualSelector): Coroutine<void> {
  yield* sleep(1);
  selector.advance(100);
}
