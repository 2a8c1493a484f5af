import { readFile } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckContext, MeasuredLane, Measurement } from 'lwasync/learn';

const RUNS = 100;
const WORDS = 5;
// For a picture.
const WORD_MS = 30;

/**
 * Runs the five lines of the README in the callback of a file that was read, and in that of `setImmediate`, where no order of the
 * timer and the immediate is promised.
 */
export async function measure({ makeFolder }: CheckContext): Promise<Measurement> {
  const path = join(await makeFolder(), 'word.txt');
  await writeFile(path, 'word');
  const inFile = (run: () => void): void => readFile(path, run);
  const ordersIn = async (inside: (run: () => void) => void): Promise<string[]> => {
    const orders: string[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      orders.push((await fiveLines(inside, 0)).map(({ name }) => name).join(', '));
    }
    return orders;
  };
  const [order = '', ...others] = await ordersIn(inFile);
  const isAlways = others.every((other) => other === order);
  const last = ({ length }: string[]): string => `${length} of ${RUNS} runs`;
  const timerFirst = (await ordersIn(setImmediate)).filter((one) => one.endsWith('immediate'));
  return {
    text:
      `${isAlways ? `all ${RUNS} runs` : 'some runs'} in the callback of a file went: ${order}; ` +
      `in that of setImmediate, where nothing is promised, the timer went ahead of the immediate in ${last(timerFirst)}`,
    choice: isAlways ? choiceOf(order) : undefined,
    lanes: await fiveLines(inFile, WORD_MS),
  };
}

/** The five lines, each of whose words takes `wordMs`: the words in the order in which they were said. */
function fiveLines(
  inside: (run: () => void) => void,
  wordMs: number,
): Promise<readonly MeasuredLane[]> {
  return new Promise((resolve) => {
    const lanes: MeasuredLane[] = [];
    let beganMs = 0;
    const say = (name: string): void => {
      const fromMs = performance.now() - beganMs;
      while (performance.now() - beganMs < fromMs + wordMs);
      lanes.push({ name, spans: [{ fromMs, toMs: performance.now() - beganMs }] });
      if (lanes.length === WORDS) resolve(lanes);
    };
    inside(() => {
      beganMs = performance.now();
      setTimeout(() => say('timer'), 0);
      setImmediate(() => say('immediate'));
      void Promise.resolve().then(() => say('promise'));
      process.nextTick(() => say('tick'));
      say('now');
    });
  });
}

function choiceOf(order: string): number | undefined {
  const choice = [
    'timer, immediate, promise, tick, now',
    'now, timer, immediate, tick, promise',
    'now, immediate, tick, timer, promise',
    'now, tick, promise, immediate, timer',
  ].indexOf(order);
  return choice < 0 ? undefined : choice;
}
