import { LwasyncError } from '../core/errors.js';
import type { AttemptReport } from './attempt-protocol.js';

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
