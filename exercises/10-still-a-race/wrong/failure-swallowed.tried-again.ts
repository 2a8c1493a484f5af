// What failed is taken to have done nothing, so that it can be tried again without a word.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const lastOf = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const add = async (): Promise<void> => store.write(account, (await store.read(account)) + amount);
  const mine = (lastOf.get(account) ?? Promise.resolve()).then(() => add().catch(add));
  lastOf.set(
    account,
    mine.catch(() => {}),
  );
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
