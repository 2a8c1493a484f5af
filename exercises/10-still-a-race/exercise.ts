/** Where the accounts are kept: far away, so that every call takes its time. */
export interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

/**
 * Adds `amount` to what the store has under `account`, and resolves when that is written. When the store fails, this deposit fails
 * with the store's error, and no other.
 */
export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  // YOUR CODE HERE: deposits to the same account take turns, those to different accounts do not wait for each other.
  const balance = await store.read(account);
  await store.write(account, balance + amount);
}

const rates = new Map<string, number>();

/** The rate of a currency: asked of the bank once, and known from then on. A failure is told to whoever waits, and not kept. */
export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const known = rates.get(currency);
  if (known !== undefined) return known;
  // YOUR CODE HERE: whoever comes while the bank is being asked shares its answer.
  const rate = await askBank(currency);
  rates.set(currency, rate);
  return rate;
}
