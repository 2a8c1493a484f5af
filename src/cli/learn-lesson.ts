import { relative } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { codeOf, currentExercise, folderOf, type Course } from '../learn/course.js';
import { courseStanding, type CourseStanding } from '../learn/course-standing.js';
import { progressOf, readState, type CourseState } from '../learn/course-state.js';
import type { Exercise } from '../learn/exercise-folder.js';
import { goTo } from '../learn/learner-steps.js';
import { runExercise, type ExerciseRun } from '../learn/run-exercise.js';
import { LatestRun } from './learn-latest-run.js';
import type { LearnView, Page } from './learn-view.js';
import { watchFiles } from './learn-watch.js';

const REDRAW_EVERY_MS: Milliseconds = 100;
const SEEDS = 1_000_000;

/**
 * One learner at one exercise after another: what is on the screen, and the run of the newest file. Nothing that a disk or a file does
 * ends it: that is a note on the screen.
 */
export class Lesson {
  readonly course: Course;
  readonly #changed: () => void;
  readonly #latest = new LatestRun();
  #state: CourseState;
  #standing: CourseStanding;
  #exercise: Exercise;
  #page: Page = { kind: 'exercise' };
  #run: ExerciseRun | undefined;
  /** The last run that passed in this session, with its picture, which a file that is known to pass is not run again for. */
  #pictured: ExerciseRun | undefined;
  #note: string | undefined;
  #unwatch = (): void => {};
  /** How many lines of the page are above the screen. */
  scrolled = 0;

  /** @throws {UsageError} when the state of the course cannot be read. */
  constructor(course: Course, changed: () => void) {
    this.course = course;
    this.#changed = changed;
    this.#state = readState(course.folder);
    this.#standing = courseStanding(course, this.#state);
    this.#exercise = currentExercise(course, this.#state);
  }

  get view(): LearnView {
    return {
      standing: this.#standing,
      exercise: this.#exercise,
      progress: progressOf(this.#state, this.#exercise.id),
      folder: relative(process.cwd(), folderOf(this.course, this.#exercise)) || '.',
      page: this.#page,
      run: this.#run,
      runningForMs: this.#latest.runningForMs,
      note: this.#note,
      scrolled: this.scrolled,
    };
  }

  /** Goes to an exercise: its prediction is asked for before the first run, otherwise it is run. */
  open(exercise: Exercise): void {
    this.end();
    this.#exercise = exercise;
    this.#run = undefined;
    this.step(() => goTo(this.course, exercise));
    this.watch();
    const { predicted, last } = this.view.progress;
    if (predicted === undefined && last === undefined) this.show({ kind: 'question' });
    else this.run(false);
  }

  /** Shows another page, from its begin. */
  show(page: Page): void {
    if (page.kind !== this.#page.kind) this.scrolled = 0;
    this.#page = page;
    this.#changed();
  }

  /** Moves the page by so many lines; how far it can go is seen when it is drawn. */
  scroll(lines: number): void {
    this.scrolled += lines;
    this.#changed();
  }

  /** Says something about what was just done; `undefined` takes it away. */
  say(note: string | undefined): void {
    this.#note = note;
    this.#changed();
  }

  /** Does what reads or writes files, sees how it stands then, and says what is in the way. */
  step(act: () => void): void {
    try {
      act();
      this.#state = readState(this.course.folder);
      this.#standing = courseStanding(this.course, this.#state);
    } catch (error) {
      this.#note = sentenceOf(error);
    }
    this.#changed();
  }

  /** Runs the exercise on its own page, and what has passed as it is only when it is to be run `again`. */
  run(again: boolean): void {
    this.show({ kind: 'exercise' });
    void this.#runLatest(again);
  }

  /** Watches the files of the exercise from now on: what was done to them before is known. */
  watch(): void {
    this.#unwatch();
    const exercise = this.#exercise;
    this.#unwatch = watchFiles(
      () => codeOf(this.course, exercise),
      () => this.#saved(),
    );
  }

  /** Ends the run that is under way; says whether one was. */
  end(): boolean {
    return this.#latest.end();
  }

  /** Ends all that goes on. */
  close(): void {
    this.end();
    this.#unwatch();
  }

  #saved(): void {
    if (this.#page.kind === 'question') {
      const { length } = this.#exercise.prediction.choices;
      this.say(`saved; predict with 1 to ${length} first, or press Enter to run it without`);
      return;
    }
    this.#note = undefined;
    if (this.#page.kind === 'ending') this.#page = { kind: 'exercise' };
    void this.#runLatest(false);
  }

  async #runLatest(again: boolean): Promise<void> {
    this.#run = undefined;
    this.scrolled = 0;
    const ticking = setInterval(this.#changed, REDRAW_EVERY_MS);
    const seed = Math.floor(Math.random() * SEEDS);
    const exercise = this.#exercise;
    try {
      const run = await this.#latest.start((signal) => {
        this.#changed();
        return runExercise(this.course, exercise, { seed, signal, again });
      });
      if (run === undefined) return;
      this.#run = this.#withPicture(run);
    } catch (error) {
      this.#note = sentenceOf(error);
    } finally {
      clearInterval(ticking);
    }
    this.step(() => {});
  }

  #withPicture(run: ExerciseRun): ExerciseRun {
    if (!run.verdict.passed) return run;
    if (run.isKnown && this.#pictured?.exercise === run.exercise) return this.#pictured;
    this.#pictured = run.isKnown ? undefined : run;
    return run;
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof UsageError
    ? error.message
    : `this is a fault of lwasync: ${messageOf(error)}`;
}
