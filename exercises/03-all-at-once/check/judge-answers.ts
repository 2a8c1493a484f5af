import { isDeepStrictEqual } from 'node:util';
import { failed, type Failed } from 'lwasync/learn';

/** What the function did with a server that answers nobody until all calls are there. */
export interface Observed {
  readonly value: unknown;
  readonly came: number;
  /** Calls that were not answered when the function returned. */
  readonly left: number;
  /** What the server answered, in the order in which the calls came. */
  readonly answers: readonly unknown[];
  /** The same, in the order in which they were answered. */
  readonly given: readonly unknown[];
}

/** Some calls were never made. */
export function tooFew(number: number, came: number): Failed {
  return failed('too-few-calls', `of ${number} calls that were asked for it made ${came}`);
}

/** All calls were made, and no more than `most` together. */
export function judgeMost(number: number, most: number): Failed {
  return most === 1
    ? failed(
        'one-after-another',
        `it waited for the answer to one call before it made the next: of ${number} calls one was in flight`,
      )
    : failed(
        'some-at-a-time',
        `of ${number} calls no more than ${most} were in flight together; all of them should be`,
      );
}

/** What was returned, beside what the server saw and answered. */
export function judgeAnswers(
  number: number,
  { value, came, left, answers, given }: Observed,
): Failed | undefined {
  if (came === 0) return failed('no-calls', 'no call came to the server');
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (left > 0) {
    const got = list === undefined ? 'no list of answers' : `a list of ${list.length}`;
    return failed(
      'not-awaited',
      `it returned ${got} before ${left === 1 ? 'a call was' : `${left} calls were`} answered`,
    );
  }
  if (came > number) {
    return failed('too-many-calls', `${came} calls came to the server; ${number} were asked for`);
  }
  if (came < number) return tooFew(number, came);
  if (list === undefined || list.length !== number) {
    const got = list === undefined ? 'no list of answers' : `a list of ${list.length}`;
    return failed('answers-missing', `it waited for ${number} answers and then returned ${got}`);
  }
  const isAt = (answer: unknown, index: number): boolean => isDeepStrictEqual(list[index], answer);
  if (answers.every(isAt)) return undefined;
  const found = answers.filter((answer) => list.some((one) => isDeepStrictEqual(one, answer)));
  if (found.length < number) {
    return failed(
      'not-answers',
      `of the ${number} answers of the server ${found.length} are in the list that it returned`,
    );
  }
  return given.every(isAt)
    ? failed(
        'in-order-of-arrival',
        'the answers stand in the order in which they came, and not in that of the calls',
      )
    : failed(
        'not-in-order',
        'the answers are all there, but not in the order in which the calls came to the server',
      );
}
