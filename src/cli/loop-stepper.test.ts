import { describe, expect, it } from 'vitest';
import { EventLoop } from '../loop/event-loop.js';
import { ManualSelector } from '../loop/selectors/manual-selector.js';
import { sleep } from '../loop/tasks/sleep.js';
import { LoopStepper, QuitError } from './loop-stepper.js';

function stepThrough(answers: (asked: number) => string): {
  readonly asked: readonly string[];
  readonly thrown: unknown;
  readonly steps: readonly string[];
} {
  const asked: string[] = [];
  const steps: string[] = [];
  const stepper = new LoopStepper((text) => {
    asked.push(text);
    return answers(asked.length);
  });
  const selector = new ManualSelector();
  const loop = new EventLoop({ selector, now: selector.now, instrument: stepper });
  let thrown: unknown;
  try {
    loop.run(function* main() {
      const reader = loop.addReader(7, () => {});
      try {
        steps.push('begun');
        yield* sleep(1500);
        steps.push('slept');
      } finally {
        steps.push('cleaned up');
        reader.cancel();
      }
    });
  } catch (error) {
    thrown = error;
  }
  return { asked, thrown, steps };
}

describe('stepping through a loop', () => {
  const { asked, steps } = stepThrough(() => '\n');
  const pauses = asked.map((text) => text.split('\n')[0]);

  it('pauses after each phase of each pass', () => {
    expect(pauses.slice(0, 10)).toEqual([
      'pass 1: timeout computed: 0, it only looks',
      'pass 1: select over: 0 ready',
      'pass 1: done: events to the ready queue',
      'pass 1: done: due timers to the ready queue',
      'pass 1: done: run what was ready',
      'pass 2: timeout computed: 1.500 s',
      'pass 2: select over: 0 ready',
      'pass 2: done: events to the ready queue',
      'pass 2: done: due timers to the ready queue',
      'pass 2: done: run what was ready',
    ]);
    expect(pauses).toHaveLength(15);
    expect(steps).toEqual(['begun', 'slept', 'cleaned up']);
  });

  it('shows what is in line, which timers wait for how long, what is watched, and the tasks', () => {
    expect(asked[0]).toMatch(/ready queue {2}a step of the task main\n.*timers +-\n.*watched +-\n/);
    expect(asked[0]).toMatch(/tasks +\d+ main ready\n/);
    expect(asked[4]).toMatch(/ready queue {2}-\n.*timers +in 1\.500 s\n.*watched +7 \(reader\)\n/);
    expect(asked[4]).toMatch(/tasks +\d+ main waits\n/);
    expect(asked[7]).toMatch(/timers +due\n/);
    expect(asked[8]).toMatch(/ready queue {2}a timer\n.*timers +-\n/);
  });

  it('ends at q: the tasks clean up, and nothing more is asked', () => {
    const quit = stepThrough((count) => (count === 6 ? 'q\n' : '\n'));
    expect(quit.thrown).toBeInstanceOf(QuitError);
    expect(quit.asked).toHaveLength(6);
    expect(quit.steps).toEqual(['begun', 'cleaned up']);
  });
});
