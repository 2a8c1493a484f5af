import { inspect, isDeepStrictEqual } from 'node:util';
import { failed, type Failed } from 'lwasync/learn';
import { PATH, type Observed } from './observe.js';

/** What goes for one call and for many: there are some, and the thread is held until they are answered. */
export function judgeCalls({
  name,
  came,
  elsewhere,
  gavePromise,
  wasFree,
  leftCalls,
}: Observed): Failed | undefined {
  if (came === 0) return failed('no-calls', `${name} returned and no call came to the server`);
  if (elsewhere !== undefined) {
    return failed(
      'another-address',
      `${name} was given an address that ends with ${PATH}, and asked the server for ${elsewhere}`,
    );
  }
  if (leftCalls) {
    return failed(
      'not-blocking',
      `${name} returned before its call was answered; it should hold the thread until the answer is there`,
    );
  }
  if (!gavePromise) return undefined;
  return wasFree
    ? failed(
        'not-blocking',
        `while the server kept ${name} waiting, a timer in the same thread went on; the thread should be held`,
      )
    : failed(
        'a-promise',
        `${name} held its thread until the answer was there, as it should, but then returned a promise of it and not the answer`,
      );
}

/** One call was made, and what it returned is the answer. */
export function judgeOne({ came, value, answers }: Observed): Failed | undefined {
  if (came > 1)
    return failed('too-many-calls', `makeOneCall made ${came} calls; one was asked for`);
  if (isDeepStrictEqual(value, answers[0])) return undefined;
  const expected = JSON.stringify(answers[0]);
  if (value === undefined) {
    return failed(
      'not-returned',
      `the server answered ${expected}, and makeOneCall returned undefined`,
    );
  }
  return holds(value, answers[0])
    ? failed(
        'not-decoded',
        `makeOneCall returned ${kindOf(value)}; asked for is the answer itself, which decoded from JSON is the object ${expected}`,
      )
    : failed(
        'not-the-answer',
        `the server answered ${expected}, and makeOneCall returned something else`,
      );
}

/** So many calls were made one after another, and what was returned are the answers. */
export function judgeMany(
  { came, mostAtOnce, value, answers }: Observed,
  number: number,
): Failed | undefined {
  const asked = `makeManyCalls was asked for ${number} calls`;
  if (mostAtOnce > 1) {
    return failed(
      'several-at-once',
      `${asked} and had ${mostAtOnce} in flight at once; here each should wait for the one before`,
    );
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (came === 1 && number > 1 && list.length === number) {
    return failed('one-answer-repeated', `${asked}, made one, and returned its answer so often`);
  }
  if (came < number) return failed('too-few-calls', `${asked} and made ${came}`);
  if (came > number) return failed('too-many-calls', `${asked} and made ${came}`);
  if (value === undefined) return failed('not-returned', `${asked} and returned undefined`);
  if (!Array.isArray(value)) {
    return failed('answers-missing', `${asked} and made them, but what it returned is no list`);
  }
  const isAt = (answer: unknown, index: number): boolean => isDeepStrictEqual(list[index], answer);
  if (list.length === number && answers.every(isAt)) return undefined;
  const isThere = (answer: unknown): boolean => list.some((one) => isDeepStrictEqual(one, answer));
  if (list.length === number && answers.every(isThere)) {
    return failed('not-in-order', `${asked} and returned the answers in another order`);
  }
  const found = answers.filter(isThere).length;
  return failed(
    'answers-missing',
    `${asked} and made them, but ${found} of the ${number} answers ${found === 1 ? 'is' : 'are'} in the list that it returned, which has ${list.length}`,
  );
}

function holds(value: unknown, answer: unknown): boolean {
  const id = String(Reflect.get(Object(answer), 'id'));
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  return (typeof text === 'string' ? text : inspect(text)).includes(id);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'the answer as it came, a text';
  return value instanceof Uint8Array
    ? 'the answer as it came, bytes'
    : 'something that holds the answer';
}
