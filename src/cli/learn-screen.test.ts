import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CourseStanding } from '../learn/course-standing.js';
import type { ExerciseProgress } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import type { ExerciseRun } from '../learn/run-exercise.js';
import { COLOUR_STYLE, PLAIN_STYLE } from '../report/style.js';
import { displayedWidth } from './displayed-text.js';
import { learnFrame } from './learn-screen.js';
import type { LearnView, Page } from './learn-view.js';

const exercises = Array.from({ length: 13 }, (_, index) => exerciseOf(index + 1));
const exercise = exerciseOf(3);
const nothing: ExerciseProgress = { attempts: 0, hintsUsed: 0, hintsShown: 0 };

function exerciseOf(number: number): Exercise {
  return {
    id: `${String(number).padStart(2, '0')}-name`,
    number,
    folder: '/exercises',
    title: `Title ${number}`,
    minutes: 15,
    prediction: { question: 'How many times faster?', choices: ['once', 'ten times', 'twenty'] },
    hints: { slow: ['What is slow?', 'Look at the await.', 'Promise.all'] },
    given: ['README.md', 'exercise.ts'],
    checkFiles: ['/exercises/check.ts'],
  };
}

const standings = exercises.map((each) => ({
  exercise: each,
  progress: nothing,
  standing: each.number < 4 ? ('passed' as const) : ('not begun' as const),
  isCurrent: each.number === 3,
}));
const standing: CourseStanding = {
  folder: '/course',
  exercises: standings,
  current: standings[2] as (typeof standings)[number],
  next: standings[3],
  passed: 3,
  minutesLeft: 150,
};

function failedRun(message = 'of 10 calls one was in flight'): ExerciseRun {
  const verdict = { passed: false as const, diagnosis: 'slow', message };
  const printed = 'a line\n'.repeat(20);
  return { exercise, verdict, printed, measurement: undefined, isKnown: false, seed: 7 };
}

function passedRun(lanes: number): ExerciseRun {
  const all = Array.from({ length: lanes }, (_, index) => ({
    name: `call ${index + 1}`,
    spans: [{ fromMs: 0, toMs: 100 }],
  }));
  return {
    exercise,
    verdict: { passed: true, seen: 'all were in flight' },
    printed: '',
    measurement: { text: 'ten times', choice: 1, lanes: all },
    isKnown: false,
    seed: 7,
  };
}

function viewOf(changes: Partial<LearnView>): LearnView {
  return {
    standing,
    exercise,
    progress: nothing,
    folder: '03-name',
    page: { kind: 'exercise' },
    run: undefined,
    runningForMs: undefined,
    note: undefined,
    scrolled: 0,
    ...changes,
  };
}

const screenOf = (view: LearnView, columns = 80, rows = 24): string =>
  learnFrame(view, { columns, rows }, PLAIN_STYLE).lines.join('\n');

describe('the screen', () => {
  it('has the exercise, how far the course is, the files, what is watched, and the keys', () => {
    const text = screenOf(viewOf({ run: failedRun() }));
    expect(text).toContain('3 Title 3  [###------------] 3 of 13 passed');
    expect(text).toContain('15 min. Read 03-name/README.md, fill in exercise.ts beside it');
    expect(text).toContain('watching 03-name/exercise.ts');
    expect(text).toContain('h hint   t task   r run   x reset   p previous   l list   q quit');
  });

  it.each([12, 10, 8])('shows verdict and keys with only %d rows', (rows) => {
    const text = screenOf(viewOf({ run: failedRun(), note: 'one note' }), 80, rows);
    expect(text).toContain('✗ 3 Title 3: not yet (slow, seed 7)');
    expect(text).toContain('Of 10 calls one was in flight.');
    expect(text).toContain('One note.');
    expect(text).toContain('q quit');
  });

  it('never has more lines than rows, nor a line that is wider than the screen on its usual pages', () => {
    const pages: readonly Page[] = [
      { kind: 'question' },
      { kind: 'exercise' },
      { kind: 'reset' },
      { kind: 'list', at: 12, typed: '' },
      { kind: 'solution', solution: { path: '/a/solution.ts', text: 'line\n'.repeat(99) } },
      { kind: 'ending' },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...pages),
        fc.constantFrom(undefined, failedRun('word '.repeat(60)), passedRun(30)),
        fc.integer({ min: 40, max: 130 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(200),
        (page, run, columns, rows, scrolled) => {
          const progress = { ...nothing, hintsShown: 3, last: { files: '', seed: 1 } };
          const view = viewOf({ page, run, scrolled, progress, note: 'note '.repeat(30) });
          const frame = learnFrame(view, { columns, rows }, PLAIN_STYLE);
          expect(frame.lines.length).toBeLessThanOrEqual(rows);
          expect(frame.lines.join('').includes('\n')).toBe(false);
          for (const line of frame.lines.filter((each) => !/^[✗✓]/.test(each))) {
            expect(displayedWidth(line)).toBeLessThan(columns);
          }
        },
      ),
    );
  });

  it('shows as much of the picture as there is room for, and its axis', () => {
    const measured = { text: 'ten times', choice: 1 };
    const progress = { ...nothing, predicted: 1, measured };
    for (const rows of [24, 32, 60]) {
      const text = screenOf(viewOf({ run: passedRun(20), progress }), 80, rows);
      expect(text).toContain('✓ As you predicted.');
      expect(text).toContain('call 1 ███');
      expect(text).toContain('100 ms');
      expect(text.includes('call 20 ███')).toBe(rows === 60);
      expect(text).not.toContain('more lines');
    }
    // Where next to nothing of it fits, all of it is there to be scrolled to.
    const view = viewOf({ run: passedRun(20), progress, scrolled: 99 });
    expect(screenOf(view, 80, 16)).toMatch(/more lines\n[^]*call 20 ███[^]*100 ms/);
  });

  it('is scrolled where it does not fit, and says how many lines are above and below', () => {
    const solution = { path: '/a/solution.ts', text: lines(30) };
    const page: Page = { kind: 'solution', solution };
    expect(screenOf(viewOf({ page }), 80, 20)).toMatch(/line 1\n[^]*↓ 19 more lines/);
    expect(screenOf(viewOf({ page, scrolled: 5 }), 80, 20)).toMatch(/↑ 6 more[^]*↓ 14 more/);
    const end = learnFrame(viewOf({ page, scrolled: 99 }), { columns: 80, rows: 20 }, PLAIN_STYLE);
    expect(end.lines.join('\n')).toMatch(/↑ 19 more lines[^]*line 30/);
    expect(end.scrolled).toBe(18);
  });

  it('shows all of a solution, also of lines that are wider than the screen', () => {
    const line = `  return ${Array.from({ length: 20 }, (_, index) => `call${index}(),`).join(' ')}`;
    const page: Page = { kind: 'solution', solution: { path: 'solution.ts', text: line } };
    const text = screenOf(viewOf({ page }), 60);
    expect(text).toMatch(/^ {2}return call0\(\), /m);
    expect(text).toMatch(/^ {6}call\d+\(\), /m);
    expect(text.match(/call\d+\(\)/g)).toHaveLength(20);
  });

  it('asks before it brings a file back', () => {
    const text = screenOf(viewOf({ run: failedRun(), page: { kind: 'reset' } }));
    expect(text).toMatch(
      /03-name.exercise\.ts as it was handed out\? Yours is kept\ny yes   n no$/,
    );
  });

  it('begins a sentence with a capital, and leaves names of the code as they are', () => {
    expect(screenOf(viewOf({ run: failedRun('it threw') }))).toContain('  It threw.');
    expect(screenOf(viewOf({ run: failedRun('runAll threw') }))).toContain('  runAll threw.');
  });

  it('shows hints below the verdict that they are for, and below no other', () => {
    const progress = { ...nothing, hintsShown: 2, last: { files: '', seed: 1, diagnosis: 'slow' } };
    const text = screenOf(viewOf({ run: failedRun(), progress }));
    expect(text).toMatch(/not yet[^]*Hint 1 of 3: What is slow\?\n[^]*Hint 2 of 3: Look/);
    expect(text).not.toContain('Promise.all');
    const other = { ...progress, last: { files: '', seed: 1, diagnosis: 'other' } };
    expect(screenOf(viewOf({ run: failedRun(), progress: other }))).not.toContain('Hint');
  });

  it('says of an exercise that passed once why that counts no longer', () => {
    const why = 'It passed once, but its files or its check have changed since.';
    const changed = [{ ...standing.current, standing: 'changed' as const }];
    const none = { ...standing, exercises: changed, passed: 0 };
    const view = viewOf({ run: failedRun(), standing: none });
    expect(screenOf(view)).toContain(why);
    expect(screenOf(viewOf({ run: failedRun() }))).not.toContain('once');
  });

  it('says that a run is under way and how long it has been, instead of the verdict before', () => {
    const text = screenOf(viewOf({ runningForMs: 1234 }));
    expect(text).toContain('… 3 Title 3: running, 1.2 s');
    const list = screenOf(viewOf({ runningForMs: 1234, page: { kind: 'list', at: 0, typed: '' } }));
    expect(list).toContain('running 03-name/exercise.ts, 1.2 s');
  });

  it('offers what can be done: the next one and a solution after passing, a hint before', () => {
    const passed = { at: '', files: '', seen: '' };
    const after = screenOf(viewOf({ run: passedRun(1), progress: { ...nothing, passed } }));
    expect(after).toContain('n next   s solution');
    expect(after).not.toContain('h hint');
    const before = screenOf(viewOf({ run: failedRun() }));
    expect(before).not.toContain('n next');
    const later = screenOf(viewOf({ run: failedRun(), progress: { ...nothing, passed } }));
    expect(later).toContain('n next   s solution   h hint');
  });

  it('keeps the chosen exercise of a long list in sight', () => {
    for (const at of [0, 6, 12]) {
      const text = screenOf(viewOf({ page: { kind: 'list', at, typed: '' } }), 80, 9);
      expect(text).toMatch(new RegExp(`> . +${at + 1} +Title ${at + 1} `));
    }
  });

  it('steers no terminal by what a learner printed or an exercise says', () => {
    const run = { ...failedRun(), printed: '\u001b[2Jgone\u0007\n' };
    const text = screenOf(viewOf({ run, note: 'a\u001b[2Jb' }));
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u0007');
  });

  it('says the same with colours as without', () => {
    const view = viewOf({ run: failedRun(), note: 'one note' });
    const { lines: coloured } = learnFrame(view, { columns: 80, rows: 24 }, COLOUR_STYLE);
    const plain = coloured.join('\n').replaceAll(/\p{Cc}\[\d*m/gu, '');
    expect(plain).toBe(screenOf(view));
  });
});

function lines(number: number): string {
  return Array.from({ length: number }, (_, index) => `line ${index + 1}`).join('\n');
}
