import { setImmediate as nextPass } from 'node:timers/promises';
import {
  everyOrder,
  type CheckContext,
  type MeasuredLane,
  type MeasuredSpan,
  type Measurement,
} from 'lwasync/learn';

const AMOUNT = 10;
const MOST_ORDERS = 100;
const STORE_MS = 20;

interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

/** A call of a store that has not answered. */
interface StoreCall {
  /** `undefined` of a read. */
  readonly written: number | undefined;
  answer(balance?: number): void;
}

/** Two deposits at once, as the exercise is handed out and as it was filled in, in every order that a store can answer in. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const handedOut = await balancesLeft((_, onCall) => {
    for (let count = 0; count < 2; count += 1) void depositAsHandedOut(storeOf(onCall), 'a');
  }, nextPass);
  const yours = await balancesLeft(
    (order, onCall) => {
      const read = attempt.watch((call) =>
        onCall({ written: undefined, answer: (balance) => call.answer(balance) }),
      );
      const write = attempt.watch((call) =>
        onCall({ written: Number(call.args[1]), answer: () => call.answer() }),
      );
      const args = [{ read, write }, `order ${order}`, AMOUNT];
      for (let count = 0; count < 2; count += 1) void attempt.outcome('deposit', args);
    },
    () => attempt.settled(),
  );
  const lost = handedOut.filter((balance) => balance < 2 * AMOUNT).length;
  return {
    text:
      `as handed out, two deposits of ${AMOUNT} left ${Math.min(...handedOut)} in ${lost} of the ${handedOut.length} orders that the ` +
      `store could answer in, and ${Math.max(...handedOut)} in the others; yours never left less than ${Math.min(...yours)}`,
    choice: choiceOf(new Set(handedOut)),
    lanes: [...(await lanesAsHandedOut()), ...(await lanesOfAttempt(attempt))],
  };
}

function choiceOf(balances: ReadonlySet<number>): number | undefined {
  const [one, other] = [balances.has(AMOUNT), balances.has(2 * AMOUNT)];
  if (balances.size > 2 || (!one && !other)) return undefined;
  if (one && other) return 1;
  return one ? 2 : 0;
}

// What exercise.ts holds before anybody fills it in.
async function depositAsHandedOut(store: Store, account: string): Promise<void> {
  const balance = await store.read(account);
  await store.write(account, balance + AMOUNT);
}

/** What is in an account after each order in which its store can answer. */
async function balancesLeft(
  deposit: (order: number, onCall: (call: StoreCall) => void) => void,
  settled: () => Promise<unknown>,
): Promise<number[]> {
  const left: number[] = [];
  await everyOrder(MOST_ORDERS, async (choose) => {
    const waiting: StoreCall[] = [];
    let balance = 0;
    deposit(left.length, (call) => waiting.push(call));
    for (await settled(); waiting.length > 0; await settled()) {
      const [call] = waiting.splice(choose(waiting.length), 1);
      balance = call?.written ?? balance;
      call?.answer(balance);
    }
    left.push(balance);
    return undefined;
  });
  return left;
}

function storeOf(onCall: (call: StoreCall) => void): Store {
  return {
    read: () =>
      new Promise((resolve) => {
        onCall({ written: undefined, answer: (balance = 0) => resolve(balance) });
      }),
    write: (_, balance) =>
      new Promise((resolve) => {
        onCall({ written: balance, answer: () => resolve() });
      }),
  };
}

async function lanesAsHandedOut(): Promise<MeasuredLane[]> {
  const beganMs = performance.now();
  const lanes = ['anna', 'anna'].map((account) => ({
    name: `as handed out: ${account}`,
    spans: [] as MeasuredSpan[],
  }));
  await Promise.all(
    lanes.map(({ spans }) =>
      depositAsHandedOut(
        storeOf((call) => afterAWhile(beganMs, spans, () => call.answer())),
        'anna',
      ),
    ),
  );
  return lanes;
}

async function lanesOfAttempt(attempt: CheckContext['attempt']): Promise<MeasuredLane[]> {
  const beganMs = performance.now();
  const spans: Record<string, MeasuredSpan[]> = { anna: [], ben: [] };
  const [read, write] = [0, undefined].map((answer) =>
    attempt.watch((call) => {
      const account = String(call.args[0]);
      afterAWhile(beganMs, (spans[account] ??= []), () => call.answer(answer));
    }),
  );
  await Promise.all(
    ['anna', 'anna', 'ben'].map((account) =>
      attempt.call('deposit', [{ read, write }, account, AMOUNT]),
    ),
  );
  return Object.entries(spans).map(([account, of]) => ({ name: `yours: ${account}`, spans: of }));
}

function afterAWhile(beganMs: number, spans: MeasuredSpan[], answer: () => void): void {
  const fromMs = performance.now() - beganMs;
  setTimeout(() => {
    spans.push({ fromMs, toMs: performance.now() - beganMs });
    answer();
  }, STORE_MS);
}
