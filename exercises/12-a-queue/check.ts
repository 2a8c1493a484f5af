import {
  everyOrder,
  passed,
  type CheckContext,
  type Choose,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { asksAgain, LineRun, type LinePlan } from './check/line-run.js';

export { measure } from './check/measure.js';

type Attempt = CheckContext['attempt'];

const MOST_ORDERS = 100;
// Short lines: every order in which producing and consuming can end.
const EVERY_ORDER: readonly LinePlan[] = [
  { items: 3, consumers: 3, capacity: 5 },
  { items: 4, consumers: 1, capacity: 1 },
  { items: 0, consumers: 2, capacity: 1 },
  { items: 1, consumers: 4, capacity: 1 },
];
// Longer ones: orders by the seed. One slow item fills the queue of one consumer, and holds up none of several.
const SOME_ORDERS: readonly LinePlan[] = [
  { items: 6, consumers: 1, capacity: 3, slowest: 0 },
  { items: 8, consumers: 2, capacity: 1, slowest: 0 },
  { items: 9, consumers: 3, capacity: 2, slowest: 1 },
  { items: 5, consumers: 2, capacity: 1 },
  { items: 6, consumers: 2, capacity: 2 },
  { items: 9, consumers: 3, capacity: 2 },
  { items: 12, consumers: 4, capacity: 3 },
  ...[0, 1, 2].map((failing): LinePlan => ({ items: 4, consumers: 1, capacity: 1, failing })),
  ...[0, 1, 3].map((failing): LinePlan => ({ items: 5, consumers: 2, capacity: 1, failing })),
];

/** Lines of work in many orders; after each step everybody who can be at work is to be. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  let orders = 0;
  for (const plan of EVERY_ORDER) {
    let isFirst = true;
    const fault = await everyOrder(MOST_ORDERS, (choose) => {
      orders += 1;
      // Who looks again and again does so from the first.
      const looks = isFirst;
      isFirst = false;
      return goThrough(attempt, plan, choose, looks);
    });
    if (fault !== undefined) return fault;
  }
  for (const plan of SOME_ORDERS) {
    orders += 1;
    const fault = await goThrough(attempt, plan, (number) => Math.floor(random() * number));
    if (fault !== undefined) return fault;
  }
  return passed(
    `in each of ${orders} orders every item was consumed once, the producer stopped at a full queue, and all came to an end`,
  );
}

async function goThrough(
  attempt: Attempt,
  plan: LinePlan,
  choose: Choose,
  looks = false,
): Promise<Failed | undefined> {
  const run = new LineRun(attempt, plan);
  for (;;) {
    await attempt.settled();
    const fault = (looks ? await faultOfWaiting(attempt) : undefined) ?? (await run.fault());
    if (fault !== undefined) return fault;
    const ways = run.ways();
    if (ways.length === 0) return undefined;
    ways[choose(ways.length)]?.();
  }
}

/** Somebody who waits is to sleep until it is woken. */
async function faultOfWaiting(attempt: Attempt): Promise<Failed | undefined> {
  const line = await attempt.restlessLine();
  return line === undefined ? undefined : asksAgain(line);
}
