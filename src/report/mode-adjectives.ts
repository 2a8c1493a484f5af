import type { ContenderMode } from '../core/run.js';

/** What calls are in each mode. */
export const MODE_ADJECTIVES: Readonly<Record<ContenderMode, string>> = {
  sync: 'synchronous',
  sequential: 'sequential',
  async: 'asynchronous',
  loop: 'asynchronous',
  threads: 'parallel',
  program: 'program',
};
