import type { Course } from '../learn/course.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Key } from './learn-keys.js';
import { Lesson } from './learn-lesson.js';
import { countPassed } from './learn-list.js';
import { press } from './learn-presses.js';
import { learnFrame } from './learn-screen.js';
import { LearnTerminal } from './learn-terminal.js';
import { print, styleFor } from './terminal.js';

/**
 * Works through a course at a terminal, until q (resolves to 0) or Ctrl-C (130).
 *
 * @throws {UsageError} when the state of the course cannot be read.
 */
export async function runLearnSession(course: Course): Promise<ExitCode> {
  const style = styleFor(process.stdout, process.env);
  let fail: (error: unknown) => void = () => {};
  let end: (code: ExitCode) => void = () => {};
  const ended = new Promise<ExitCode>((resolve, reject) => {
    [end, fail] = [resolve, reject];
  });
  const draw = (): void => {
    try {
      const { lines, scrolled } = learnFrame(lesson.view, terminal.size, style);
      lesson.scrolled = scrolled;
      terminal.draw(lines);
    } catch (error) {
      fail(error);
    }
  };
  const lesson = new Lesson(course, draw);
  const take = (key: Key): void => {
    if (key === 'interrupt') end(EXIT.interrupted);
    else if (key === 'q') end(EXIT.done);
    else if (key === 'redraw') terminal.redraw();
    else if (key === 'suspend') suspend(terminal, lesson);
    else press(lesson, key);
  };
  const terminal = new LearnTerminal(process.stdin, process.stdout, {
    press: take,
    redraw: draw,
    hangUp: () => end(EXIT.interrupted),
  });
  terminal.open();
  try {
    lesson.open(lesson.view.exercise);
    return await ended;
  } finally {
    lesson.close();
    terminal.close();
    const { passed, exercises } = lesson.view.standing;
    print(`${countPassed(passed, exercises.length)}. To go on: lwasync learn`);
  }
}

// A run that is stopped meanwhile would be taken for one that never ends.
function suspend(terminal: LearnTerminal, lesson: Lesson): void {
  const wasRunning = lesson.end();
  terminal.suspend();
  if (wasRunning) lesson.run(true);
}
