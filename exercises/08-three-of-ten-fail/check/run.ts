import type { Attempt, ObservedOutcome, WatchFunction } from 'lwasync/learn';

/** The functions of the exercise. */
export const NAMES = ['getWhatComes', 'getAllOrStop'] as const;

/** One call of a function of the exercise, and what came of it so far. */
export interface Run {
  readonly attempt: Attempt;
  readonly name: (typeof NAMES)[number];
  readonly urls: readonly string[];
  readonly getPage: WatchFunction;
  /** What came, by url: a page, or why there is none; the first failure first. */
  readonly pages: Map<string, string>;
  readonly reasons: Map<string, string>;
  outcome: ObservedOutcome | undefined;
}

/** Calls the function of that name with so many urls. */
export function begin(attempt: Attempt, name: Run['name'], number: number): Run {
  const urls = urlsOf(number);
  const getPage = attempt.watch(() => {});
  const [pages, reasons] = [new Map<string, string>(), new Map<string, string>()];
  const run: Run = { attempt, name, urls, getPage, pages, reasons, outcome: undefined };
  attempt.outcome(name, [urls, getPage]).then(
    (outcome) => {
      run.outcome = outcome;
    },
    () => {},
  );
  return run;
}

function urlsOf(number: number): string[] {
  return Array.from({ length: number }, (_, index) => `/page-${index + 1}`);
}
