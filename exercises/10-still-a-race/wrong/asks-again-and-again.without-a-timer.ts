// To look again is taken for waiting, if only there is no timer.
import { stat } from 'node:fs/promises';

interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const busy = new Set<string>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  while (busy.has(account)) await stat('.');
  busy.add(account);
  try {
    await store.write(account, (await store.read(account)) + amount);
  } finally {
    busy.delete(account);
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
