/** Where the accounts are kept: far away, so that every call takes its time. */
export interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

/** By account, the end of the last deposit that has come. */
const lastOf = new Map<string, Promise<void>>();

/**
 * Adds `amount` to what the store has under `account`, and resolves when that is written. When the store fails, this deposit fails
 * with the store's error, and no other.
 */
export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const mine = (lastOf.get(account) ?? Promise.resolve()).then(async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
  // No await stands between get and set: nobody comes in between. Whoever is next waits for the end of this one, good or bad.
  lastOf.set(
    account,
    mine.catch(() => {}),
  );
  return mine;
}

/** By currency, the answer of the bank, or what will be. */
const rates = new Map<string, Promise<number>>();

/** The rate of a currency: asked of the bank once, and known from then on. A failure is told to whoever waits, and not kept. */
export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const known = rates.get(currency);
  if (known !== undefined) return known;
  // The promise is kept at once, not the rate when it is there.
  const asked = askBank(currency);
  rates.set(currency, asked);
  asked.catch(() => rates.delete(currency));
  return asked;
}
