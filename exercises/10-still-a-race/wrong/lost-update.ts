// A flag that is set after an await is taken for a lock.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const writing = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  await writing.get(account);
  const balance = await store.read(account);
  const written = store.write(account, balance + amount);
  writing.set(account, written);
  await written;
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
