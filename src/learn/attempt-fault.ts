import { basename } from 'node:path';
import { LwasyncError } from '../core/errors.js';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import type { AttemptReport, OpenResource } from './attempt-protocol.js';

/** Why an attempt could not be carried through, whatever the exercise. */
export type AttemptFaultCode =
  'does-not-load' | 'throws' | 'ends' | 'prints-too-much' | 'holds-the-thread' | 'waits-for-ever';

/** The learner's module did something that no exercise asks for; the message is a sentence for the learner. */
export class AttemptFault extends LwasyncError {
  readonly code: AttemptFaultCode;

  constructor(code: AttemptFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What makes every further call of an attempt fail, if the report tells of such a thing. */
export function faultIn(report: AttemptReport): AttemptFault | undefined {
  switch (report.kind) {
    case 'refused':
      return new AttemptFault('does-not-load', `it cannot be run: ${report.message}`);
    case 'ended':
      return new AttemptFault(
        'ends',
        report.message === undefined
          ? 'it ended its thread before it was through'
          : `it ended with an error that nobody caught: ${report.message}`,
      );
    case 'printed too much':
      return new AttemptFault('prints-too-much', 'it printed more than 10 MB and was ended');
    case 'loaded':
    case 'returned':
    case 'threw':
    case 'watched':
    case 'gave up':
    case 'settled':
    case 'worker':
    case 'unhandled':
    case 'pulse':
    case 'open':
      return undefined;
  }
}

/** Its thread did not come back to its event loop within the limit; `line` is where it is, if that could be seen. */
export function heldFault(
  limitMs: Milliseconds,
  file: string,
  line: number | undefined,
): AttemptFault {
  const where = line === undefined ? '' : ` at ${basename(file)}:${line}`;
  return new AttemptFault(
    'holds-the-thread',
    `after ${formatDuration(limitMs)} it still held its thread${where}: a loop without an end, or a call that blocks`,
  );
}

/** Its thread was free, and what was asked of it did not come within the limit, but this is open. */
export function waitingFault(
  limitMs: Milliseconds,
  file: string,
  open: readonly OpenResource[],
): AttemptFault {
  const others = open.filter(({ kind }) => kind !== 'PROMISE');
  const last = open.findLast(({ kind }) => kind === 'PROMISE') ?? others.at(-1);
  const where = last === undefined ? '' : ` at ${basename(file)}:${last.line}`;
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  const what = kinds.length === 0 ? 'a promise that nobody has settled' : kinds.join(', ');
  return new AttemptFault(
    'waits-for-ever',
    `after ${formatDuration(limitMs)} it still waited${where}, for ${what}`,
  );
}
