import { failed, whatCame, type Failed } from 'lwasync/learn';
import { Guest, OTHER_RUNS, type Place } from './guest.js';

/** A guest of each other run is served. */
export async function othersAreServed(place: Place, when: string): Promise<Failed | undefined> {
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
