import { isDeepStrictEqual } from 'node:util';
import { failed, whatCame, type Failed } from 'lwasync/learn';
import type { Guest, Place } from './guest.js';

const LOOKS_TO_BE_ASKED = 100;

/** The backend has got `number` calls in all, and none of the guests has got an answer. */
export async function backendIsAsked(
  place: Place,
  number: number,
  slow: readonly Guest[],
): Promise<Failed | undefined> {
  const { attempt, backend } = place;
  const early = slow.map(({ answered }) => answered);
  const isAsked = backend.untilCalls(number);
  const came = await whatCame(attempt, Promise.race([isAsked, ...early]));
  // A call that holds the thread is made by another, which may be slow to begin with.
  if (came === 'held') await Promise.race([isAsked, attempt.looks(LOOKS_TO_BE_ASKED)]);
  const isLost = slow.some(({ answer }) => answer?.status === 0);
  if (came === 'over' || isLost) await attempt.settled();
  const fault = answeredEarly(slow);
  if (fault !== undefined) return fault;
  const asked = backend.calls.length;
  if (asked === number) return undefined;
  const when = `when guest ${number} of /slow-run had come`;
  if (asked > number) return askedTooOften(place, number, when);
  const seen = `${when}, the backend had been asked ${asked === 1 ? 'once' : `${asked} times`}`;
  if (came === 'held') {
    return failed('freezes-everybody', `${seen}: the thread itself stood still`);
  }
  return asked === 0
    ? failed('no-call', 'a guest of /slow-run came, and the backend was not asked')
    : failed('slow-guests-in-line', `${seen}; expected once for each guest`);
}

/** The fault where the backend has got more than `number` calls in all. */
export function askedTooOften(
  { backend: { calls } }: Place,
  number: number,
  when: string,
): Failed | undefined {
  return calls.length <= number
    ? undefined
    : failed(
        'asked-too-often',
        `${when}, the backend had been asked ${calls.length} times; expected once for each guest`,
      );
}

/** The fault where one of the guests has got an answer. */
export function answeredEarly(slow: readonly Guest[]): Failed | undefined {
  const { answer } = slow.find((guest) => guest.answer !== undefined) ?? {};
  if (answer === undefined) return undefined;
  const got = answer.status === 0 ? 'a closed connection' : answer.body;
  return failed(
    'answered-early',
    `a guest of /slow-run got ${got} while the backend had not answered anybody`,
  );
}

/** What the backend has said is said to one guest more, as it is. */
export async function isHandedOn(
  { attempt }: Place,
  slow: readonly Guest[],
  said: unknown,
): Promise<Failed | undefined> {
  const waiting = slow.filter(({ answer }) => answer === undefined);
  const came = await whatCame(attempt, Promise.race(waiting.map(({ answered }) => answered)));
  if (came === 'over') await attempt.settled();
  const { answer } = waiting.find((guest) => guest.answer !== undefined) ?? {};
  if (answer === undefined) {
    const still = waiting.length === 1 ? 'the guest' : `all ${waiting.length} guests`;
    return failed(
      'slow-guests-in-line',
      `the backend had answered for one guest of /slow-run, and still ${still} waited`,
    );
  }
  if (answer.status === 200 && isDeepStrictEqual(parsed(answer.body), said)) return undefined;
  return failed(
    'not-the-answer',
    `the backend said ${JSON.stringify(said)}, and the guest of /slow-run got ${answer.body} with status ${answer.status}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
