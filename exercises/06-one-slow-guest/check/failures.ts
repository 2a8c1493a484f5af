import { failed, whatCame, type Attempt, type Failed } from 'lwasync/learn';
import { backendIsAsked, isHandedOn } from './backend.js';
import { Guest, type Place } from './guest.js';
import { othersAreServed } from './others.js';

const FAILURES = [500, 404];

/** The backend fails, answers well once more, and then is not there at all. */
export async function failuresAreTold(place: Place): Promise<Failed | undefined> {
  const { backend } = place;
  for (const status of FAILURES) {
    const what = `the backend answered with status ${status}`;
    const fault = await oneMoreIsAnswered(place, { error: 'no answer' }, status, (guest) =>
      failureIsTold(place, guest, what),
    );
    if (fault !== undefined) return fault;
  }
  const said = { call: backend.calls.length };
  const fault = await oneMoreIsAnswered(place, said, 200, (guest) =>
    isHandedOn(place, [guest], said),
  );
  if (fault !== undefined) return fault;
  await backend.close();
  return failureIsTold(place, new Guest(place, '/slow-run'), 'the backend was not there');
}

async function oneMoreIsAnswered(
  place: Place,
  said: unknown,
  status: number,
  judge: (guest: Guest) => Promise<Failed | undefined>,
): Promise<Failed | undefined> {
  const { backend } = place;
  const guest = new Guest(place, '/slow-run');
  const fault = await backendIsAsked(place, backend.calls.length + 1, [guest]);
  if (fault !== undefined) return fault;
  for (const call of backend.waiting) call.answer(said, status);
  return judge(guest);
}

async function failureIsTold(
  place: Place,
  guest: Guest,
  what: string,
): Promise<Failed | undefined> {
  const came = await whatCame(place.attempt, guest.answered);
  const { status } = guest.answer ?? { status: undefined };
  const end = await endOfServer(place.attempt, came === 'over' || status === 0);
  if (end !== undefined) return failed('server-ends', `${what}, and ${end}`);
  if (place.backend.waiting.length > 0) {
    return failed(
      'asked-too-often',
      `${what}, and was asked again for the same guest; expected once for each guest`,
    );
  }
  if (status === undefined || status === 0) {
    const got = status === 0 ? 'saw its connection closed' : 'was not answered at all';
    return failed(
      'guest-left-waiting',
      `${what}, and the guest of /slow-run ${got}; expected a 502`,
    );
  }
  if (status !== 502) {
    return failed(
      'failure-not-told',
      `${what}, and the guest of /slow-run got status ${status}; expected 502`,
    );
  }
  const fault = await othersAreServed(place, `after ${what}`);
  if (fault !== undefined) return fault;
  // What is rejected beside the answer is told later than the answer.
  const later = await endOfServer(place.attempt, false);
  return later === undefined ? undefined : failed('server-ends', `${what}, and ${later}`);
}

async function endOfServer(attempt: Attempt, isLost: boolean): Promise<string | undefined> {
  const [reason] = attempt.unhandled;
  if (reason !== undefined) {
    return `nobody caught the rejection, for which Node ends the whole server: ${reason}`;
  }
  if (!isLost) return undefined;
  return attempt.settled().then(
    () => undefined,
    (fault: unknown) => `the whole server ended: ${messageOf(fault)}`,
  );
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
