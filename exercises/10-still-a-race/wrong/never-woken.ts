// There is taken to be one who waits: a second one takes the first one's place.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const waiter = new Map<string, () => void>();
const taken = new Set<string>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  if (taken.has(account)) {
    await new Promise<void>((resolve) => waiter.set(account, resolve));
  }
  taken.add(account);
  try {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  } finally {
    const next = waiter.get(account);
    waiter.delete(account);
    if (next === undefined) taken.delete(account);
    else next();
  }
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
