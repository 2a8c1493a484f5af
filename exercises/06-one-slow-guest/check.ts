import { isDeepStrictEqual } from 'node:util';
import {
  failed,
  passed,
  shuffled,
  whatCame,
  type Attempt,
  type CheckContext,
  type Failed,
  type Verdict,
  type WatchedServer,
} from 'lwasync/learn';
import { Guest, OTHER_RUNS, portOf } from './check/guest.js';

export { measure } from './check/measure.js';

const SLOW_GUESTS = 3;
const LOOKS_TO_BE_ASKED = 100;
const FAILURES = [500, 404];

/** The learner's server, and the backend that it asks. */
interface Place {
  readonly attempt: Attempt;
  readonly port: number;
  readonly backend: WatchedServer;
}

/** The backend answers when the check has seen who else is served meanwhile. */
export async function check({ attempt, random, startServer }: CheckContext): Promise<Verdict> {
  const backend = await startServer(() => {});
  const port = await portOf(attempt, backend);
  if (port === undefined) {
    return failed('no-port', 'startServer did not resolve to the port on which its server listens');
  }
  const place: Place = { attempt, port, backend };
  return (
    (await othersAreServed(place, 'before any guest of /slow-run came')) ??
    (await slowGuestsWait(place, random)) ??
    (await failuresAreTold(place)) ??
    passed(
      `while ${SLOW_GUESTS} guests of /slow-run waited for the backend together, the guests of the other runs were served`,
    )
  );
}

async function slowGuestsWait(place: Place, random: () => number): Promise<Failed | undefined> {
  const slow: Guest[] = [];
  for (let number = 1; number <= SLOW_GUESTS; number += 1) {
    slow.push(new Guest(place, '/slow-run'));
    const fault =
      (await backendIsAsked(place, number, slow)) ??
      (await othersAreServed(place, 'while a guest of /slow-run waited for the backend')) ??
      answeredEarly(slow) ??
      askedTooOften(place, number, `when guest ${number} of /slow-run had come`);
    if (fault !== undefined) return fault;
  }
  for (const call of shuffled(place.backend.waiting, random)) {
    const said = { call: call.index, drawn: random() };
    call.answer(said);
    const fault = await isHandedOn(place, slow, said);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The backend has got `number` calls in all, and none of the guests has got an answer. */
async function backendIsAsked(
  { attempt, backend }: Place,
  number: number,
  slow: readonly Guest[],
): Promise<Failed | undefined> {
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
  if (asked > number) return askedTooOften({ backend }, number, when);
  const seen = `${when}, the backend had been asked ${asked === 1 ? 'once' : `${asked} times`}`;
  if (came === 'held') {
    return failed('freezes-everybody', `${seen}: the thread itself stood still`);
  }
  return asked === 0
    ? failed('no-call', 'a guest of /slow-run came, and the backend was not asked')
    : failed('slow-guests-in-line', `${seen}; expected once for each guest`);
}

function askedTooOften(
  { backend: { calls } }: Pick<Place, 'backend'>,
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

function answeredEarly(slow: readonly Guest[]): Failed | undefined {
  const { answer } = slow.find((guest) => guest.answer !== undefined) ?? {};
  if (answer === undefined) return undefined;
  const got = answer.status === 0 ? 'a closed connection' : answer.body;
  return failed(
    'answered-early',
    `a guest of /slow-run got ${got} while the backend had not answered anybody`,
  );
}

/** What the backend has said is said to one guest more, as it is. */
async function isHandedOn(
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

/** The backend fails, answers well once more, and then is not there at all. */
async function failuresAreTold(place: Place): Promise<Failed | undefined> {
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

async function othersAreServed(place: Place, when: string): Promise<Failed | undefined> {
  for (const path of OTHER_RUNS) {
    const guest = new Guest(place, path);
    const came = await whatCame(place.attempt, guest.answered);
    const { answer } = guest;
    if (came === 'over' || answer?.status === 0) await place.attempt.settled();
    if (came === 'held') {
      return failed(
        'freezes-everybody',
        `${when}, a guest of ${path} was not answered: the thread itself stood still`,
      );
    }
    if (answer === undefined) {
      return failed(
        'everybody-in-line',
        `${when}, a guest of ${path} was not answered, although the thread was free`,
      );
    }
    if (answer.status !== 200) {
      const got = answer.status === 0 ? 'found no server' : `got status ${answer.status}`;
      return failed('run-broken', `${when}, a guest of ${path} ${got}; expected 200`);
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
