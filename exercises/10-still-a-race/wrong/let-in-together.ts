// Whoever waited for the lock is taken to have it: two that waited come in together.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const underWay = new Map<string, Promise<void>>();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const other = underWay.get(account);
  if (other !== undefined) await other.catch(() => {});
  const mine = add(store, account, amount);
  underWay.set(account, mine);
  await mine;
}

async function add(store: Store, account: string, amount: number): Promise<void> {
  const balance = await store.read(account);
  await store.write(account, balance + amount);
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
