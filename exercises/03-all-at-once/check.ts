import type { CheckContext, Verdict } from '../../src/learn/exercise.js';
import type { WaitingCall } from '../../src/learn/watched-server.js';

const NUMBERS = [10, 20];
// Beats of a free thread after which a call that has not come is taken not to come.
const QUIET_BEATS = 20;

/** The server answers nobody until all calls are there, and then in an order of its own. */
export async function check(context: CheckContext): Promise<Verdict> {
  for (const number of NUMBERS) {
    const fault = await checkNumber(number, context);
    if (fault !== undefined) return fault;
  }
  return {
    passed: true,
    seen: `${NUMBERS.join(' and then ')} calls were in flight together, and every answer was in its place`,
  };
}

async function checkNumber(
  number: number,
  { attempt, random, startServer, limitMs }: CheckContext,
): Promise<Verdict | undefined> {
  let came = 0;
  const server = await startServer(() => {
    came += 1;
    if (server.waiting.length === number) answerAll(server.waiting, random);
  });
  const call = attempt.call('makeManyCalls', [number, server.url], limitMs);
  let isOver = false;
  const over = call.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  const most = await Promise.race([over.then(() => server.mostAtOnce), quiet()]);
  if (!isOver && most > 0 && most < number) {
    // Nothing more comes as long as these are not answered.
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
  const { value } = await call;
  // Calls that were started and not waited for may be on their way.
  if (came < number) await attempt.quiet(QUIET_BEATS, () => came);
  if (came === 0) return failed('no-calls', 'no call came to the server');
  if (!Array.isArray(value) || value.length !== number) {
    const got = Array.isArray(value) ? `${value.length} answers` : 'no list of answers';
    return failed(
      'not-awaited',
      `it returned ${got} while calls were in flight; ${number} were made`,
    );
  }
  const places = value.map((answer) => Reflect.get(Object(answer), 'call'));
  if (new Set(places).size !== number) {
    return failed(
      'not-answers',
      `expected the ${number} answers of the server, got something else`,
    );
  }
  return places.every((place, index) => place === index)
    ? undefined
    : failed(
        'in-order-of-arrival',
        'the answers stand in the order in which they came, and not in that of the calls',
      );

  async function quiet(): Promise<number> {
    await attempt.quiet(QUIET_BEATS, () => came);
    return server.mostAtOnce;
  }
}

function answerAll(waiting: readonly WaitingCall[], random: () => number): void {
  const order = waiting.map((call) => ({ call, place: random() }));
  for (const { call } of order.toSorted((a, b) => a.place - b.place))
    call.answer({ call: call.index });
}

function failed(diagnosis: string, message: string): Verdict {
  return { passed: false, diagnosis, message };
}
