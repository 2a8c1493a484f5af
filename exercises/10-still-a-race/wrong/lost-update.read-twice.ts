// To look a second time is taken for a lock: between the look and the write is another await.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  for (;;) {
    const balance = await store.read(account);
    if ((await store.read(account)) !== balance) continue;
    await store.write(account, balance + amount);
    return;
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
