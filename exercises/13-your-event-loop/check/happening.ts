/** Something that was seen while a program ran on a learner's loop, by the clock of that loop. */
export type Happening =
  | { readonly is: 'added'; readonly name: string }
  | { readonly is: 'timer'; readonly name: string; readonly deadlineMs: number }
  | { readonly is: 'cancelled'; readonly name: string }
  /** What `callLater` returned is no function. */
  | { readonly is: 'no undo' }
  /** A pass begins. */
  | { readonly is: 'pass'; readonly atMs: number }
  /** `runOnce` has returned. */
  | { readonly is: 'passed' }
  | {
      readonly is: 'select';
      readonly atMs: number;
      readonly askedMs: number;
      /** The calls that it returned. */
      readonly ended: readonly string[];
    }
  | { readonly is: 'ran'; readonly name: string; readonly atMs: number }
  /** A call was made. */
  | { readonly is: 'called'; readonly name: string }
  /** The promise of a call was settled, with its own outcome or with something else. */
  | { readonly is: 'settled'; readonly name: string; readonly isRight: boolean }
  /** There were timers, and the clock was not asked once. */
  | { readonly is: 'other clock' }
  /** The clock was asked thousands of times. */
  | { readonly is: 'clock watched' };
