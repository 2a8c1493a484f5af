// Nothing is taken to go wrong between the taking of a lock and its freeing.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const waiters = new Map<string, (() => void)[]>();

function take(account: string): Promise<void> {
  const list = waiters.get(account);
  if (list === undefined) {
    waiters.set(account, []);
    return Promise.resolve();
  }
  return new Promise((resolve) => list.push(resolve));
}

function free(account: string): void {
  const next = waiters.get(account)?.shift();
  if (next === undefined) waiters.delete(account);
  else next();
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  await take(account);
  const balance = await store.read(account);
  await store.write(account, balance + amount);
  free(account);
}

const rates = new Map<string, Promise<number>>();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const known = rates.get(currency);
  if (known !== undefined) return known;
  const asked = askBank(currency);
  rates.set(currency, asked);
  asked.catch(() => rates.delete(currency));
  return asked;
}
