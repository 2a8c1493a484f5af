// Runs in the learner's thread, with what the learner's module exports.
import type { EndedCall, Selector } from 'lwasync/learn';
import type { Happening } from './happening.js';
import type { Learner, Loop } from './learner.js';
import type { Action, Program } from './program.js';

const MOST_PASSES = 150;
const MOST_LOOKS = 10_000;

/** Nothing more can be seen of this program. */
class Halt extends Error {}

/** A selector and a clock: time passes in `select` and in `work`, and nowhere else. */
export class ScriptedWorld implements Selector {
  readonly #log: Happening[] = [];
  readonly #loop: Loop;
  readonly #undo = new Map<string, unknown>();
  readonly #calls: { readonly name: string; readonly endsMs: number; readonly fails: boolean }[] =
    [];
  readonly #told = new Set<number>();
  readonly #open = new Set<string>();
  #shared: { readonly name: string; readonly next: readonly Action[] }[] = [];
  readonly #runShared = (): void => {
    const first = this.#shared.shift();
    if (first !== undefined) this.#ran(first.name, first.next);
  };
  // No whole number, and not 0, because a loop's clock is neither.
  #nowMs = 1000.25;
  #looks = 0;
  #isHalted = false;
  #starting:
    { readonly name: string; readonly endsMs: number; readonly fails: boolean } | undefined;

  /** @throws {TypeError} when the module has no such class. */
  constructor(learner: Learner) {
    if (typeof learner.EventLoop !== 'function') {
      throw new TypeError('the module exports no class EventLoop');
    }
    this.#loop = new learner.EventLoop(this, () => this.#look());
  }

  async run(program: Program): Promise<Happening[]> {
    await this.#runPasses(program);
    if (this.#undo.size > 0 && this.#looks === 0) this.#log.unshift({ is: 'other clock' });
    return this.#log;
  }

  async #runPasses(program: Program): Promise<void> {
    this.#do(program);
    let more = 1;
    for (let pass = 0; pass < MOST_PASSES && more >= 0 && !this.#isHalted; pass += 1) {
      this.#log.push({ is: 'pass', atMs: this.#nowMs });
      try {
        await this.#loop.runOnce();
      } catch (error) {
        if (!(error instanceof Halt)) throw error;
        return;
      }
      this.#log.push({ is: 'passed' });
      await new Promise((resolve) => setImmediate(resolve));
      // One more, in which nothing is to run.
      if (this.#open.size === 0) more -= 1;
    }
  }

  get(): number {
    if (this.#starting !== undefined) this.#calls.push(this.#starting);
    this.#starting = undefined;
    return this.#calls.length - 1;
  }

  select(askedMs: number): EndedCall[] {
    if (typeof askedMs !== 'number' || Number.isNaN(askedMs)) {
      throw new TypeError(
        `select expects how many milliseconds to wait at most, 0 or more or Infinity, got ${askedMs}`,
      );
    }
    const atMs = this.#nowMs;
    const waiting = this.#calls.filter((_, call) => !this.#told.has(call));
    const firstMs = Math.min(Infinity, ...waiting.map(({ endsMs }) => endsMs));
    const wakesMs = Math.max(atMs, Math.min(atMs + askedMs, firstMs));
    if (wakesMs === Infinity) {
      this.#log.push({ is: 'select', atMs, askedMs, ended: [] });
      this.#halt();
    }
    this.#nowMs = wakesMs;
    const ended = this.#takeEnded();
    const names = ended.map(({ call }) => this.#calls[call]?.name ?? '');
    this.#log.push({ is: 'select', atMs, askedMs, ended: names });
    return ended;
  }

  #takeEnded(): EndedCall[] {
    return this.#calls.flatMap(({ name, endsMs, fails }, call): EndedCall[] => {
      if (endsMs > this.#nowMs || this.#told.has(call)) return [];
      this.#told.add(call);
      return [
        fails ? { call, error: new Error(outcomeOf(name)) } : { call, answer: outcomeOf(name) },
      ];
    });
  }

  #do(actions: readonly Action[]): void {
    for (const action of actions) this.#doOne(action);
  }

  #doOne(action: Action): void {
    switch (action.do) {
      case 'work':
        this.#nowMs += action.forMs;
        return;
      case 'callSoon':
        this.#log.push({ is: 'added', name: action.name });
        this.#open.add(action.name);
        this.#loop.callSoon(this.#callbackOf(action));
        return;
      case 'callLater':
        this.#startTimer(action);
        return;
      case 'cancel':
        this.#cancel(action.name);
        return;
      case 'get':
        this.#startCall(action);
        return;
    }
  }

  #callbackOf(action: Extract<Action, { do: 'callSoon' | 'callLater' }>): () => void {
    const { name, next, isShared = false } = action;
    if (!isShared) return () => this.#ran(name, next);
    this.#shared.push({ name, next });
    return this.#runShared;
  }

  #startTimer(action: Extract<Action, { do: 'callLater' }>): void {
    const { name, delayMs } = action;
    this.#log.push({ is: 'timer', name, deadlineMs: this.#nowMs + delayMs });
    this.#open.add(name);
    this.#undo.set(name, this.#loop.callLater(delayMs, this.#callbackOf(action)));
  }

  #startCall({ name, endsAfterMs, fails, next }: Extract<Action, { do: 'get' }>): void {
    this.#log.push({ is: 'called', name });
    this.#open.add(name);
    this.#starting = { name, endsMs: this.#nowMs + endsAfterMs, fails };
    const settled = (isRight: boolean): void => {
      this.#log.push({ is: 'settled', name, isRight });
      this.#open.delete(name);
      this.#do(next);
    };
    this.#loop.get(`http://scripted/${name}`).then(
      (answer) => settled(!fails && answer === outcomeOf(name)),
      (error: unknown) => settled(fails && Object(error).message === outcomeOf(name)),
    );
  }

  #cancel(name: string): void {
    const undo = this.#undo.get(name);
    if (undo === undefined) return;
    this.#log.push({ is: 'cancelled', name });
    this.#open.delete(name);
    this.#shared = this.#shared.filter((one) => one.name !== name);
    if (typeof undo === 'function') undo();
    else this.#log.push({ is: 'no undo' });
  }

  #ran(name: string, next: readonly Action[]): void {
    this.#log.push({ is: 'ran', name, atMs: this.#nowMs });
    const isFirst = this.#open.delete(name);
    if (isFirst) this.#do(next);
  }

  #look(): number {
    this.#looks += 1;
    if (this.#looks > MOST_LOOKS) {
      this.#log.push({ is: 'clock watched' });
      this.#halt();
    }
    return this.#nowMs;
  }

  #halt(): never {
    this.#isHalted = true;
    throw new Halt('nothing more can be seen of this program');
  }
}

function outcomeOf(name: string): string {
  return `what came of ${name}`;
}
