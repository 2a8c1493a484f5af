import {
  shortestRound,
  type CheckContext,
  type MeasuredLane,
  type Measurement,
} from 'lwasync/learn';

const ANSWER_AFTER_MS = 20;

/** One, ten and twenty blocking calls of a server that answers each after 20 ms, and the beats of the thread meanwhile. */
export async function measure({ attempt, startServer }: CheckContext): Promise<Measurement> {
  let beganMs = 0;
  let calls: MeasuredLane[] = [];
  const server = await startServer((call) => {
    const fromMs = performance.now() - beganMs;
    setTimeout(() => {
      call.answer({ message: 'Hello World' });
      const spans = [{ fromMs, toMs: performance.now() - beganMs }];
      calls.push({ name: `call ${calls.length + 1}`, spans });
    }, ANSWER_AFTER_MS);
  });
  const make = (number: number) =>
    shortestRound(async () => {
      beganMs = performance.now();
      calls = [];
      return { ...(await attempt.call('makeManyCalls', [number, server.url])), calls };
    });
  const one = await make(1);
  const ten = await make(10);
  const held = [{ fromMs: 0, toMs: ten.durationMs }];
  const lanes = [
    ...ten.calls,
    ...(ten.beats === 0 ? [{ name: 'the thread is held', spans: held }] : []),
  ];
  const twenty = await make(20);
  const [tenTimes, twentyTimes] = [
    ten.durationMs / one.durationMs,
    twenty.durationMs / one.durationMs,
  ];
  return {
    text:
      `one call took ${one.durationMs.toFixed(0)} ms, ten ${ten.durationMs.toFixed(0)} ms and twenty ${twenty.durationMs.toFixed(0)} ms; ` +
      `meanwhile a timer of the same thread that is due every 5 ms fired ${ten.beats + twenty.beats} times`,
    choice: choiceOf(tenTimes, twentyTimes, (ten.beats + twenty.beats) / twenty.looks),
    lanes,
  };
}

function choiceOf(ten: number, twenty: number, beatsPerLook: number): number | undefined {
  if (ten < 2 && twenty < 2) return 0;
  // Between hardly longer and twice as long stands a machine that had something else to do.
  if (ten > 5 && twenty < 1.2 * ten) return 3;
  if (ten < 5 || twenty < 1.5 * ten) return undefined;
  return beatsPerLook > 0.2 ? 1 : 2;
}
