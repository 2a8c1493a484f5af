import { isDeepStrictEqual } from 'node:util';
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

const OUT_OF_ORDER = 'the machine is out of order';

/** The measures of a line, and what goes wrong on it. */
export interface LinePlan {
  readonly items: number;
  readonly consumers: number;
  readonly capacity: number;
  /** Which consume fails, from 0; none unless told. */
  readonly failing?: number;
  /** Which consume takes longer than all others, from 0; none unless told. */
  readonly slowest?: number;
}

/** One line at work, whose produce and consume end when told. */
export class LineRun {
  readonly #attempt: Attempt;
  readonly #plan: LinePlan;
  readonly #produce: WatchFunction;
  readonly #consume: WatchFunction;
  #outcome: ObservedOutcome | undefined;
  #hasFailed = false;

  constructor(attempt: Attempt, plan: LinePlan) {
    this.#attempt = attempt;
    this.#plan = plan;
    [this.#produce, this.#consume] = [attempt.watch(() => {}), attempt.watch(() => {})];
    const { items, consumers, capacity } = plan;
    const line = { items, consumers, capacity, produce: this.#produce, consume: this.#consume };
    attempt.outcome('runLine', [line]).then(
      (outcome) => (this.#outcome = outcome),
      // What ends an attempt is told to whoever waits for it to settle.
      () => {},
    );
  }

  /** What can happen next. */
  ways(): (() => void)[] {
    const [produce, consume] = [this.#produce.waiting, this.#consume.waiting];
    const others = consume.filter(({ index }) => index !== this.#plan.slowest);
    return [
      ...produce.map((call) => () => call.answer(itemOf(call.index))),
      ...(produce.length + others.length > 0 ? others : consume).map(
        (call) => () => this.#endConsume(call),
      ),
    ];
  }

  #endConsume(call: WatchedCall): void {
    if (call.index !== this.#plan.failing) {
      call.answer();
      return;
    }
    this.#hasFailed = true;
    call.fail(OUT_OF_ORDER);
  }

  /** What is wrong now that the module has settled. */
  async fault(): Promise<Failed | undefined> {
    const open = await this.#attempt.open();
    const fault = this.#faultOfCalls() ?? (await this.#faultOfState());
    const timer = open.find(({ kind }) => kind === 'Timeout');
    if (timer !== undefined && fault !== undefined && WAITS.has(fault.diagnosis)) {
      return asksAgain(timer.line);
    }
    const stopped = this.#hasFailed && fault !== undefined && STANDS_STILL.has(fault.diagnosis);
    return stopped
      ? failed(
          'failure-stops-the-line',
          `consume failed once, and the line did not go on: ${this.#consume.calls.length} of ${this.#plan.items} items were consumed`,
        )
      : fault;
  }

  #faultOfCalls(): Failed | undefined {
    const { items, consumers, capacity } = this.#plan;
    const numbers = this.#produce.calls.map(({ args }) => args[0]);
    const stray = numbers.findIndex((number, index) => number !== index || index >= items);
    if (stray >= 0) {
      return failed(
        'wrong-items',
        `call ${stray + 1} of produce was for item ${shown(numbers[stray])}; expected one call for each number from 0 to ${items - 1}, in order`,
      );
    }
    const eaten = this.#consume.calls.map(({ args }) => args[0]);
    for (const [index, item] of eaten.entries()) {
      const fault = faultOfItem(item, index, eaten);
      if (fault !== undefined) return fault;
    }
    if (this.#consume.mostAtOnce > consumers) {
      return failed(
        'too-many-at-once',
        `${this.#consume.mostAtOnce} items were consumed at once; expected ${consumers} at most, one for each consumer`,
      );
    }
    if (this.#produce.mostAtOnce > 1) {
      return failed(
        'produces-all-at-once',
        `${this.#produce.mostAtOnce} items were produced at once; there is one producer, and it makes one after another`,
      );
    }
    const ahead = numbers.length - eaten.length;
    return ahead > capacity + 1
      ? failed(
          'runs-ahead',
          `the queue has room for ${capacity}, and the producer was at item ${numbers.length} when ${eaten.length} were taken; it should wait while the queue is full`,
        )
      : undefined;
  }

  async #faultOfState(): Promise<Failed | undefined> {
    if (this.#outcome !== undefined) return this.#faultOfEnd(this.#outcome);
    const { items, consumers, capacity } = this.#plan;
    const atWork = this.#consume.waiting.length;
    const produced = this.#produce.calls.filter(({ isWaiting }) => !isWaiting).length;
    const ready = produced - this.#consume.calls.length;
    if (ready > 0 && atWork < consumers) return this.#faultOfIdle(ready, atWork);
    if (this.#produce.waiting.length > 0 || produced === items) {
      return this.ways().length > 0
        ? undefined
        : failed(
            'never-ends',
            `all ${items} items were consumed, and runLine did not end: ${consumers === 1 ? 'the consumer' : 'some of the consumers'} went on waiting for another`,
          );
    }
    if (produced === 0) return failed('nothing-produced', 'no item was produced');
    return ready < capacity ? this.#faultOfProducer() : undefined;
  }

  #faultOfProducer(): Failed {
    const { items, capacity } = this.#plan;
    return failed(
      'producer-stands-still',
      `the producer waited at item ${this.#produce.calls.length} of ${items}, when ${this.#consume.calls.length} were taken; the queue has room for ${capacity}`,
    );
  }

  /** Items are ready and not all consumers are at work: what becomes of that tells why. */
  async #faultOfIdle(ready: number, atWork: number): Promise<Failed> {
    const { items, consumers, capacity } = this.#plan;
    const seen = `with ${ready} ${ready === 1 ? 'item' : 'items'} ready, ${atWork} of ${consumers} consumers worked`;
    for (let ways = this.ways(); ways.length > 0; ways = this.ways()) {
      ways[0]?.();
      await this.#attempt.settled();
    }
    if (this.#outcome === undefined) {
      const made = this.#produce.calls.length;
      // Who produces goes on until the queue is full and one item is in its hands.
      const isStuck = made < items && made - this.#consume.calls.length <= capacity;
      return isStuck
        ? this.#faultOfProducer()
        : failed('never-woken', `${seen}: a consumer that slept was not woken`);
    }
    const eaten = this.#consume.calls.length;
    return eaten < items
      ? failed(
          'ends-too-early',
          `${seen}, and ${eaten} of ${items} were consumed in the end: consumers took an empty queue for the end of the work`,
        )
      : failed(
          'consumer-missing',
          `${seen}: the rest had ended, had not begun, or waited for each other`,
        );
  }

  #faultOfEnd(outcome: ObservedOutcome): Failed | undefined {
    const { items, failing } = this.#plan;
    if (outcome.threw !== undefined) {
      return outcome.threw.message === OUT_OF_ORDER
        ? failed(
            'failure-stops-the-line',
            `consume failed once, and runLine failed with it; ${this.#consume.calls.length} of ${items} items were consumed`,
          )
        : failed('throws', `it threw: ${outcome.threw.said}`);
    }
    const [made, eaten] = [this.#produce.calls.length, this.#consume.calls.length];
    if (made === 0 && items > 0) return failed('nothing-produced', 'no item was produced');
    const underWay = this.ways().length;
    if (underWay > 0) {
      return failed(
        'not-awaited',
        `runLine resolved while ${underWay} ${underWay === 1 ? 'item was' : 'items were'} still being produced or consumed`,
      );
    }
    if (eaten < items) {
      const lost = `runLine resolved when ${made} of ${items} items were produced and ${eaten} consumed`;
      return made < items || eaten === 0
        ? failed('ends-too-early', lost)
        : failed('lost-at-close', `${lost}: the others were in the queue when it was closed`);
    }
    const expected = failing === undefined ? [] : [itemOf(failing)];
    const { value } = outcome;
    if (isDeepStrictEqual(value, expected)) return undefined;
    return failed(
      failing === undefined ? 'wrong-result' : 'failure-not-told',
      `runLine resolved to ${shown(value)}; expected ${shown(expected)}, the items whose consume failed`,
    );
  }
}

const STANDS_STILL: ReadonlySet<string> = new Set([
  'never-woken',
  'ends-too-early',
  'consumer-missing',
  'never-ends',
  'producer-stands-still',
]);

/** Somebody waits who has something to do. */
const WAITS: ReadonlySet<string> = new Set([
  'never-woken',
  'consumer-missing',
  'producer-stands-still',
]);

/** Somebody looks whether it can go on, by what that line begins. */
export function asksAgain(line: number): Failed {
  return failed(
    'asks-again-and-again',
    `somebody who waited looked again and again, by what is begun in line ${line}; it should sleep until it is woken`,
  );
}

function itemOf(index: number): string {
  return `item ${index}`;
}

function faultOfItem(item: unknown, index: number, eaten: readonly unknown[]): Failed | undefined {
  if (item === itemOf(index)) return undefined;
  const before = eaten.indexOf(item);
  if (before < index) return failed('twice', `${shown(item)} was consumed twice`);
  return typeof item === 'string' && /^item \d+$/.test(item)
    ? failed(
        'out-of-order',
        `${item} was taken before ${itemOf(index)}; what was put first is taken first`,
      )
    : failed('not-an-item', `consume was called with ${shown(item)} instead of an item`);
}
