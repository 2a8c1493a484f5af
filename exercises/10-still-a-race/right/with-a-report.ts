// A timer that has nothing to do with waiting is no look whether one's turn has come.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const busy = new Map<string, (() => void)[]>();
let deposits = 0;

setInterval(() => console.log(`${deposits} deposits so far`), 10_000).unref();

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const waiting = busy.get(account);
  if (waiting === undefined) busy.set(account, []);
  else await new Promise<void>((wake) => waiting.push(wake));
  try {
    await store.write(account, (await store.read(account)) + amount);
    deposits += 1;
  } finally {
    const next = busy.get(account)?.shift();
    if (next === undefined) busy.delete(account);
    else next();
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
