/** After so many failures at the end of a run, tasks that are still left are left: where every pass fails, they never end. */
export const MOST_FAILURES = 1000;
