import type { CheckContext, MeasuredLane, Measurement } from 'lwasync/learn';

const MEASURED_MS = 100;

/** Ten sleeps of 100 ms of each kind, begun together. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const sleepTogether = async (name: string) => {
    await attempt.call(name, [1]);
    const beganMs = performance.now();
    const lanes: MeasuredLane[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { durationMs } = await attempt.call(name, [MEASURED_MS]);
        const toMs = performance.now() - beganMs;
        const spans = [{ fromMs: Math.max(0, toMs - durationMs), toMs }];
        lanes.push({ name: `${name} ${index + 1}`, spans });
      }),
    );
    return { totalMs: performance.now() - beganMs, lanes };
  };
  const blocking = await sleepTogether('sleepBlocking');
  const asynchronous = await sleepTogether('sleepAsynchronously');
  return {
    text: `ten blocking sleeps of ${MEASURED_MS} ms took ${blocking.totalMs.toFixed(0)} ms together, ten asynchronous ones ${asynchronous.totalMs.toFixed(0)} ms`,
    choice: choiceOf(blocking.totalMs / MEASURED_MS, asynchronous.totalMs / MEASURED_MS),
    lanes: [...blocking.lanes, ...asynchronous.lanes],
  };
}

/** The choice that so many times the time of one sleep bear out. */
function choiceOf(blocking: number, asynchronous: number): number | undefined {
  if (blocking < 3) return asynchronous < 3 ? 0 : undefined;
  if (blocking < 8) return undefined;
  if (asynchronous < 0.5) return 3;
  if (asynchronous < 5) return 1;
  return asynchronous > 8 ? 2 : undefined;
}
