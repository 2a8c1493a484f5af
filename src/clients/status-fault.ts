import type { AnswerNotes } from '../http/answer-notes.js';
import { shownUrl } from './call-address.js';
import { CallFault } from './call-errors.js';
import type { HttpRequest } from './call-options.js';
import { isRedirect, Redirection, targetOf } from './redirection.js';

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;

/** What to throw for an answer whose status was not expected: a fault, or the redirection to follow. */
export function statusFault(
  request: HttpRequest,
  status: number,
  notes: AnswerNotes | undefined,
): Error {
  if (isRedirect(status) && request.follow > 0) return new Redirection(status, notes?.location);
  const { location, retryAfter } = notes ?? {};
  if (
    status === TOO_MANY_REQUESTS ||
    (status === SERVICE_UNAVAILABLE && retryAfter !== undefined)
  ) {
    return new CallFault('RATE_LIMITED', status, undefined, retryPhrase(retryAfter));
  }
  const isPointer = isRedirect(status) && location !== undefined;
  const detail = isPointer ? locationPhrase(request, location) : '';
  return new CallFault('HTTP_STATUS', status, undefined, detail);
}

function locationPhrase({ url }: HttpRequest, location: string): string {
  const target = targetOf(location, url);
  const where = target === undefined ? 'elsewhere' : `to ${shownUrl(target)}`;
  return `; it points ${where}, and --follow goes there`;
}

// RFC 9110 section 10.2.3: a number of seconds or a date. Anything else is not repeated.
function retryPhrase(retryAfter: string | undefined): string {
  if (retryAfter === undefined) return '';
  if (/^\d{1,9}$/.test(retryAfter)) return ` (Retry-After: ${retryAfter} s)`;
  if (/^[A-Za-z0-9 ,:+-]{1,40}$/.test(retryAfter)) return ` (Retry-After: ${retryAfter})`;
  return ' (with a Retry-After that is neither seconds nor a date)';
}
