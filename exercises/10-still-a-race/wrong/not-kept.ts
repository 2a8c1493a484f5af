// Sharing a call that is under way is taken for keeping its answer.
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

const asked = new Map<string, Promise<number>>();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const known = asked.get(currency);
  if (known !== undefined) return known;
  const mine = askBank(currency);
  asked.set(currency, mine);
  try {
    return await mine;
  } finally {
    asked.delete(currency);
  }
}
