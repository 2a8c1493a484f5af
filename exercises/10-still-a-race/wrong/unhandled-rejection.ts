// What a promise is followed by is taken to have no fate of its own: .finally() is rejected, too.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const lastOf = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const before = lastOf.get(account);
  let free = (): void => {};
  lastOf.set(account, new Promise((resolve) => (free = resolve)));
  await before;
  const mine = add(store, account, amount);
  void mine.finally(free);
  return mine;
}

async function add(store: Store, account: string, amount: number): Promise<void> {
  const balance = await store.read(account);
  await store.write(account, balance + amount);
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
