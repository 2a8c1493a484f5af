// A lock: whoever comes too late leaves a function with which it is let in.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

class Lock {
  #isTaken = false;
  readonly #waiters: (() => void)[] = [];

  async take(): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return;
    }
    await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  free(): void {
    const next = this.#waiters.shift();
    // The lock is handed over, and never free in between.
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}

const locks = new Map<string, Lock>();

function lockOf(what: string): Lock {
  const lock = locks.get(what) ?? new Lock();
  locks.set(what, lock);
  return lock;
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const lock = lockOf(`account ${account}`);
  await lock.take();
  try {
    await store.write(account, (await store.read(account)) + amount);
  } finally {
    lock.free();
  }
}

const rates = new Map<string, number>();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const lock = lockOf(`currency ${currency}`);
  await lock.take();
  try {
    const rate = rates.get(currency) ?? (await askBank(currency));
    rates.set(currency, rate);
    return rate;
  } finally {
    lock.free();
  }
}
