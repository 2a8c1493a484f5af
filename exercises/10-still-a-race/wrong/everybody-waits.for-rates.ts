// One lock is taken to be enough for all rates.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const lastOf = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const mine = (lastOf.get(account) ?? Promise.resolve()).then(async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
  lastOf.set(
    account,
    mine.catch(() => {}),
  );
  return mine;
}

const rates = new Map<string, number>();
let last: Promise<unknown> = Promise.resolve();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const mine = last.then(async () => {
    const rate = rates.get(currency) ?? (await askBank(currency));
    rates.set(currency, rate);
    return rate;
  });
  last = mine.catch(() => {});
  return mine;
}
