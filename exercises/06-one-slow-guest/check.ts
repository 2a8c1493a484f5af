import {
  failed,
  passed,
  shuffled,
  type CheckContext,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { answeredEarly, askedTooOften, backendIsAsked, isHandedOn } from './check/backend.js';
import { failuresAreTold } from './check/failures.js';
import { Guest, portOf, type Place } from './check/guest.js';
import { othersAreServed } from './check/others.js';

export { measure } from './check/measure.js';

const SLOW_GUESTS = 3;

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
