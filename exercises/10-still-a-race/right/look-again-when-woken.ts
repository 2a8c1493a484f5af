// Whoever is woken looks again, because another may have come in first.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const underWay = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  while (underWay.has(account)) await underWay.get(account);
  const { promise, resolve } = latch();
  underWay.set(account, promise);
  try {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  } finally {
    underWay.delete(account);
    resolve();
  }
}

function latch(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, resolve: () => open() };
}

const rates: Record<string, Promise<number> | undefined> = {};

export function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  return (rates[currency] ??= askBank(currency).catch((error: unknown) => {
    rates[currency] = undefined;
    throw error;
  }));
}
