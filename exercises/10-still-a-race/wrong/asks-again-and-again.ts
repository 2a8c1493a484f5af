// To wait is taken to mean to look again after a while.
import { setTimeout as sleep } from 'node:timers/promises';

interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const taken = new Set<string>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  while (taken.has(account)) await sleep(1);
  taken.add(account);
  try {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  } finally {
    taken.delete(account);
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
