// A flag that keeps others out is taken for one that lets them wait.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const taken = new Set<string>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  if (taken.has(account)) return;
  taken.add(account);
  try {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  } finally {
    taken.delete(account);
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
