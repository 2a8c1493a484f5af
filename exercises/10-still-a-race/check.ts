import {
  everyOrder,
  passed,
  type CheckContext,
  type Choose,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { checkRates } from './check/rates.js';
import { Till, type Plan } from './check/till.js';

export { measure } from './check/measure.js';

const MOST_ORDERS = 300;

const TWO: Plan = {
  accounts: ['anna', 'anna'],
  come: 'at any time',
  isOneFailing: false,
  lost: 'lost-update',
};
const PLANS: readonly Plan[] = [
  TWO,
  { ...TWO, accounts: ['anna', 'ben', 'anna'], come: 'at once' },
  { ...TWO, accounts: ['anna', 'anna', 'anna'], lost: 'let-in-together' },
  { ...TWO, isOneFailing: true },
];

/** Deposits in every order in which a store can answer, then a bank that is asked for rates. */
export async function check({ attempt, random }: CheckContext): Promise<Verdict> {
  let orders = 0;
  for (const plan of PLANS) {
    const fault = await everyOrder(MOST_ORDERS, (choose) => {
      orders += 1;
      return goThrough(new Till(attempt, plan, orders), choose);
    });
    if (fault !== undefined) return fault;
  }
  return (
    (await checkRates(attempt, random)) ??
    passed(
      `in each of ${orders} orders of reads, writes and failures no deposit was lost, and each rate was asked for once`,
    )
  );
}

async function goThrough(till: Till, choose: Choose): Promise<Failed | undefined> {
  for (;;) {
    await till.settled();
    const fault = await till.fault();
    if (fault !== undefined) return fault;
    const ways = till.ways();
    const way = ways.length === 0 ? undefined : ways[choose(ways.length)];
    if (way === undefined) return till.faultAtTheEnd();
    way();
  }
}
