import {
  failed,
  shown,
  type CheckContext,
  type Failed,
  type ObservedOutcome,
  type WatchedCall,
  type WatchFunction,
} from 'lwasync/learn';

type Attempt = CheckContext['attempt'];

const OPENING = 1000;
// A digit for each, so that a balance tells which deposits are in it.
const AMOUNTS = [1, 10, 100];
const DISK_FULL = 'the disk is full';
// Who waits by looking again and again does so from the first.
const LOOKS_FOR_RESTLESS = 3;

/** Who makes deposits, and what may go wrong. */
export interface Plan {
  /** The account of each deposit. */
  readonly accounts: readonly string[];
  /** All at once, or each whenever the order says. */
  readonly come: 'at once' | 'at any time';
  /** Whether one call of the store fails, in each order another one. */
  readonly isOneFailing: boolean;
  /** The name of what is wrong when a deposit is lost. */
  readonly lost: string;
}

interface Deposit {
  readonly account: string;
  readonly amount: number;
  outcome: ObservedOutcome | undefined;
  /** Whether it was its call that the store failed; of a read nobody knows whose it was. */
  isFailing: 'no' | 'maybe' | 'yes';
}

/** One order: the deposits of a plan, on accounts of their own, and the store behind them. */
export class Till {
  readonly #attempt: Attempt;
  readonly #plan: Plan;
  readonly #run: number;
  readonly #read: WatchFunction;
  readonly #write: WatchFunction;
  readonly #balances = new Map<unknown, unknown>();
  readonly #deposits: Deposit[] = [];
  readonly #failedCalls = new Set<WatchedCall>();
  readonly #happened: string[] = [];

  constructor(attempt: Attempt, plan: Plan, run: number) {
    this.#attempt = attempt;
    this.#plan = plan;
    this.#run = run;
    [this.#read, this.#write] = [attempt.watch(() => {}), attempt.watch(() => {})];
    if (plan.come === 'at once') for (const _ of plan.accounts) this.#nextComes();
  }

  settled(): Promise<void> {
    return this.#attempt.settled();
  }

  /** What can happen next. */
  ways(): (() => void)[] {
    const { accounts, isOneFailing } = this.#plan;
    const { waiting: reads } = this.#read;
    const { waiting: writes } = this.#write;
    const mayFail = isOneFailing && this.#failedCalls.size === 0;
    return [
      ...(this.#deposits.length < accounts.length ? [() => this.#nextComes()] : []),
      ...reads.map((call) => () => this.#answerRead(call)),
      ...writes.map((call) => () => this.#answerWrite(call)),
      ...(mayFail ? [...reads, ...writes].map((call) => () => this.#failCall(call)) : []),
    ];
  }

  #nextComes(): void {
    const at = this.#deposits.length;
    const account = `${this.#plan.accounts[at]} ${this.#run}`;
    const amount = AMOUNTS[at] ?? 0;
    const deposit: Deposit = { account, amount, outcome: undefined, isFailing: 'no' };
    this.#balances.set(account, this.#balances.get(account) ?? OPENING);
    this.#deposits.push(deposit);
    this.#happened.push(`${amount} comes`);
    const store = { read: this.#read, write: this.#write };
    this.#attempt.outcome('deposit', [store, account, amount]).then(
      (outcome) => (deposit.outcome = outcome),
      // What ends an attempt is told to whoever waits for it to settle.
      () => {},
    );
  }

  #answerRead(call: WatchedCall): void {
    const balance = this.#balances.get(call.args[0]);
    this.#happened.push(`read ${shown(balance)}`);
    call.answer(balance);
  }

  #answerWrite(call: WatchedCall): void {
    const [account, balance] = call.args;
    this.#happened.push(`write ${shown(balance)}`);
    this.#balances.set(account, balance);
    call.answer();
  }

  #failCall(call: WatchedCall): void {
    const [account, balance] = call.args;
    const isRead = this.#read.calls.includes(call);
    this.#happened.push(isRead ? 'a read fails' : `write ${shown(balance)} fails`);
    this.#failedCalls.add(call);
    for (const deposit of this.#deposits) {
      if (deposit.account !== account || deposit.outcome !== undefined) continue;
      if (isRead) deposit.isFailing = 'maybe';
      else if (holds(balance, deposit) && !this.#isWritten(deposit)) deposit.isFailing = 'yes';
    }
    call.fail(DISK_FULL);
  }

  /** What is wrong now that the module has settled. */
  async fault(): Promise<Failed | undefined> {
    for (const deposit of this.#deposits) {
      const fault = this.#faultOf(deposit);
      if (fault !== undefined) return fault;
    }
    const fault = this.#standstill();
    if (fault?.diagnosis !== 'never-woken') return fault ?? this.#faultOfWaiting();
    // Nothing is under way, so what goes on is a look whether something is.
    const timer = (await this.#attempt.open()).find(({ kind }) => kind === 'Timeout');
    return timer === undefined ? fault : asksAgain(timer.line);
  }

  #faultOf(deposit: Deposit): Failed | undefined {
    const { outcome, isFailing, amount } = deposit;
    if (outcome === undefined) return undefined;
    if (outcome.threw !== undefined) return this.#faultOfError(deposit, outcome.threw.message);
    if (isFailing !== 'yes' && this.#isWritten(deposit)) return undefined;
    if (this.#write.waiting.some(({ args }) => holds(args[1], deposit))) {
      return failed(
        'freed-too-early',
        `the deposit of ${amount} resolved while its write was still under way, ${this.#order()}`,
      );
    }
    return isFailing !== 'no'
      ? failed(
          'failure-swallowed',
          `the store failed, and the deposit of ${amount} resolved, ${this.#order()}`,
        )
      : failed(
          'thrown-away',
          `the deposit of ${amount} resolved and was never written, ${this.#order()}`,
        );
  }

  #faultOfError({ isFailing, amount }: Deposit, message: string): Failed | undefined {
    const isOfStore = message.includes(DISK_FULL);
    if (isFailing === 'no') {
      return isOfStore
        ? failed(
            'failure-spreads',
            `a call of another deposit failed, and the deposit of ${amount} failed with it, ${this.#order()}`,
          )
        : failed('throws', `it threw: ${message}`);
    }
    return isOfStore
      ? undefined
      : failed(
          'another-error',
          `the store failed with "${DISK_FULL}", and the deposit of ${amount} with "${message}"; it should fail with the store's error`,
        );
  }

  #isWritten(deposit: Deposit): boolean {
    return this.#write.calls.some(
      (call) =>
        !call.isWaiting &&
        !this.#failedCalls.has(call) &&
        call.args[0] === deposit.account &&
        holds(call.args[1], deposit),
    );
  }

  /** Nothing of an account is under way, and somebody waits for it. */
  #standstill(): Failed | undefined {
    const underWay = [...this.#read.waiting, ...this.#write.waiting];
    const stray = underWay.find(({ args }) => !this.#balances.has(args[0]));
    if (stray !== undefined) {
      return failed('wrong-account', `the store has no account ${shown(stray.args[0])}`);
    }
    const waits = this.#deposits.find(
      ({ account, outcome }) =>
        outcome === undefined && !underWay.some(({ args }) => args[0] === account),
    );
    if (waits === undefined) return undefined;
    const which = `the deposit of ${waits.amount}`;
    if (underWay.length > 0) {
      return failed('everybody-waits', `${which} waited for one to a different account`);
    }
    return this.#failedCalls.size > 0
      ? failed(
          'locked-for-ever',
          `after a call of the store had failed, ${which} waited for ever, ${this.#order()}`,
        )
      : failed(
          'never-woken',
          `${which} waited, and nothing was under way that could let it in, ${this.#order()}`,
        );
  }

  /** Somebody who waits for a turn is to sleep until it is woken. */
  async #faultOfWaiting(): Promise<Failed | undefined> {
    const waiting = this.#deposits.filter(({ outcome }) => outcome === undefined);
    if (waiting.length < 2 || this.#run > LOOKS_FOR_RESTLESS) return undefined;
    const line = await this.#attempt.restlessLine();
    return line === undefined ? undefined : asksAgain(line);
  }

  faultAtTheEnd(): Failed | undefined {
    for (const account of new Set(this.#deposits.map((deposit) => deposit.account))) {
      const fault = this.#faultOfAccount(account);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #faultOfAccount(account: string): Failed | undefined {
    const done = this.#deposits.filter(
      (deposit) => deposit.account === account && deposit.outcome?.threw === undefined,
    );
    const expected = done.reduce((sum, { amount }) => sum + amount, OPENING);
    const balance = this.#balances.get(account);
    if (balance === expected) return undefined;
    const isLost = done.some((deposit) => !holds(balance, deposit));
    return failed(
      isLost ? this.#plan.lost : 'wrong-sum',
      `${shown(balance)} is in the account instead of ${expected}, ${this.#order()}`,
    );
  }

  #order(): string {
    return `in this order: ${this.#happened.join(', ')}`;
  }
}

function asksAgain(line: number): Failed {
  return failed(
    'asks-again-and-again',
    `a deposit that waited for its turn looked again and again, by what is begun in line ${line}; it should sleep until it is woken`,
  );
}

function holds(balance: unknown, { amount }: Deposit): boolean {
  return typeof balance === 'number' && Math.trunc(balance / amount) % 10 > 0;
}
