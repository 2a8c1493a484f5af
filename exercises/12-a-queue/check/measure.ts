import {
  shortestRound,
  type CheckContext,
  type MeasuredLane,
  type MeasuredSpan,
  type Measurement,
} from 'lwasync/learn';

type Attempt = CheckContext['attempt'];

const ITEMS = 16;
const CAPACITY = 4;
const PRODUCE_MS = 10;
const CONSUME_MS = 40;
const CONSUMERS = [1, 4, 8];

/** The same work with few and with many consumers. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const lanes: MeasuredLane[] = [];
  const durationsMs: number[] = [];
  for (const consumers of CONSUMERS) {
    const timed = await shortestRound(() => timeLine(attempt, ITEMS, consumers));
    durationsMs.push(timed.durationMs);
    lanes.push(...timed.lanes);
  }
  const [one = 0, four = 0, eight = 0] = durationsMs;
  return {
    text:
      `${ITEMS} items took ${one.toFixed(0)} ms with one consumer, ${four.toFixed(0)} ms with four and ${eight.toFixed(0)} ms with eight; ` +
      `to produce them takes ${ITEMS * PRODUCE_MS} ms`,
    choice: choiceOf(one / four, four / eight),
    lanes,
  };
}

function choiceOf(fourTimes: number, twice: number): number | undefined {
  if (fourTimes < 1.3 && twice < 1.3) return 2;
  if (fourTimes > 2.5 && twice > 1.6) return 1;
  return fourTimes > 2.5 && twice > 0.7 && twice < 1.3 ? 0 : undefined;
}

async function timeLine(
  attempt: Attempt,
  items: number,
  consumers: number,
): Promise<{ readonly durationMs: number; readonly lanes: readonly MeasuredLane[] }> {
  const producer = new Timed(PRODUCE_MS);
  const workers = Array.from({ length: consumers }, () => new Timed(CONSUME_MS));
  const produce = attempt.watch((call) => producer.begin(() => call.answer(`item ${call.index}`)));
  const consume = attempt.watch((call) =>
    workers.find(({ isFree }) => isFree)?.begin(() => call.answer()),
  );
  const line = { items, consumers, capacity: CAPACITY, produce, consume };
  const beganMs = performance.now();
  const { durationMs } = await attempt.call('runLine', [line]);
  const laneOf = (name: string, { spans }: Timed): MeasuredLane => ({
    name,
    spans: spans.map(({ fromMs, toMs }) => ({ fromMs: fromMs - beganMs, toMs: toMs - beganMs })),
  });
  return {
    durationMs,
    lanes: [
      laneOf(`producer, for ${consumers}`, producer),
      ...workers.map((worker, index) => laneOf(`consumer ${index + 1} of ${consumers}`, worker)),
    ],
  };
}

/** Somebody who needs a time for each piece of work. */
class Timed {
  readonly spans: MeasuredSpan[] = [];
  readonly #workMs: number;
  isFree = true;

  constructor(workMs: number) {
    this.#workMs = workMs;
  }

  begin(onEnd: () => void): void {
    const fromMs = performance.now();
    this.isFree = false;
    setTimeout(() => {
      this.isFree = true;
      this.spans.push({ fromMs, toMs: performance.now() });
      onEnd();
    }, this.#workMs);
  }
}
