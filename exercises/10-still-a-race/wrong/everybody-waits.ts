// One lock is taken to be enough for everything, however little it has to do with each other.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

let last: Promise<unknown> = Promise.resolve();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const mine = last.then(async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
  last = mine.catch(() => {});
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
