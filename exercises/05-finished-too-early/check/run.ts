import type { Attempt, ObservedOutcome, WatchFunction } from 'lwasync/learn';
import type { Note } from '../exercise.js';

/** One call of saveAll, and what came of it so far. */
export interface Run {
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

/** Calls saveAll with so many notes. */
export function begin(attempt: Attempt, number: number): Run {
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
