// Deposits are put on a list, and one loop for each account works it off.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

interface Job {
  readonly amount: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

const jobsByStore = new WeakMap<Store, Map<string, Job[]>>();

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  const jobs = jobsByStore.get(store) ?? new Map<string, Job[]>();
  jobsByStore.set(store, jobs);
  return new Promise((resolve, reject) => {
    const job: Job = { amount, resolve, reject };
    const list = jobs.get(account);
    if (list !== undefined) {
      list.push(job);
      return;
    }
    jobs.set(account, [job]);
    void workOff(store, account, jobs);
  });
}

async function workOff(store: Store, account: string, jobs: Map<string, Job[]>): Promise<void> {
  const list = jobs.get(account) ?? [];
  for (let job = list[0]; job !== undefined; job = list[0]) {
    try {
      await store.write(account, (await store.read(account)) + job.amount);
      job.resolve();
    } catch (error) {
      job.reject(error);
    }
    list.shift();
  }
  jobs.delete(account);
}

const known = new Map<string, number>();
const asked = new Map<string, Promise<number>>();

export async function rateOf(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  const rate = known.get(currency);
  if (rate !== undefined) return rate;
  const running = asked.get(currency) ?? askOnce(currency, askBank);
  asked.set(currency, running);
  return running;
}

async function askOnce(
  currency: string,
  askBank: (currency: string) => Promise<number>,
): Promise<number> {
  try {
    const rate = await askBank(currency);
    known.set(currency, rate);
    return rate;
  } finally {
    asked.delete(currency);
  }
}
