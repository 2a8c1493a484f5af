// All deposits that wait for an account are written together.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

interface Batch {
  amount: number;
  readonly written: Promise<void>;
}

const nextOf = new Map<string, Batch>();
const lastOf = new Map<string, Promise<unknown>>();

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  const waiting = nextOf.get(account);
  if (waiting !== undefined) {
    waiting.amount += amount;
    return waiting.written;
  }
  const before = lastOf.get(account) ?? Promise.resolve();
  const batch: Batch = {
    amount,
    written: before.then(async () => {
      const balance = await store.read(account);
      nextOf.delete(account);
      await store.write(account, balance + batch.amount);
    }),
  };
  nextOf.set(account, batch);
  const isOver = batch.written.catch(() => {
    if (nextOf.get(account) === batch) nextOf.delete(account);
  });
  lastOf.set(account, isOver);
  return batch.written;
}

const rates = new Map<string, Promise<number>>();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  let rate = rates.get(currency);
  if (rate === undefined) {
    rate = askBank(currency);
    rates.set(currency, rate);
  }
  try {
    return await rate;
  } catch (error) {
    if (rates.get(currency) === rate) rates.delete(currency);
    throw error;
  }
}
