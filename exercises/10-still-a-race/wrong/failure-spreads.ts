// A chain of promises is taken to go on after a rejection.
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
  lastOf.set(account, mine);
  return mine;
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
