import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckContext, MeasuredLane, Measurement, WatchFunction } from 'lwasync/learn';
import { saveAll as asHandedOut, type Note } from '../exercise.js';

const NOTES: readonly Note[] = [1, 2, 3].map((id) => ({ id, text: `note ${id}` }));
const SAVED_AFTER_MS = 100;
const TOLD_AFTER_MS = 50;

/** Three notes that take 100 ms each: what is told of them by the function as it was handed out, and by the learner's. */
export async function measure({ attempt }: CheckContext): Promise<Measurement> {
  const watch = (work: (arg: unknown) => Promise<void>): WatchFunction =>
    attempt.watch((call) => void work(call.args[0]).then(() => call.answer()));
  const handedOut = await timed('as handed out', asHandedOut);
  const yours = await timed('yours', (notes, save, tell) =>
    attempt.call('saveAll', [notes, watch(save), watch(tell)]),
  );
  const sentence = ({ told, toldAfterMs }: Timed): string =>
    `${JSON.stringify(told)} after ${Math.round(toldAfterMs)} ms`;
  return {
    text: `as it was handed out it told ${sentence(handedOut)}; yours told ${sentence(yours)}, with ${NOTES.length} saves of ${SAVED_AFTER_MS} ms`,
    choice: choiceOf(handedOut),
    lanes: [...handedOut.lanes, ...yours.lanes],
  };
}

interface Timed {
  readonly told: unknown;
  readonly toldAfterMs: number;
  readonly lanes: readonly MeasuredLane[];
}

async function timed(
  who: string,
  saveAll: (
    notes: readonly Note[],
    save: () => Promise<void>,
    tell: (saved: unknown) => Promise<void>,
  ) => Promise<unknown>,
): Promise<Timed> {
  const lanes: MeasuredLane[] = [];
  const began: Promise<void>[] = [];
  const beganMs = performance.now();
  const sinceMs = (): number => performance.now() - beganMs;
  const step = (name: string, work: Promise<unknown>): Promise<void> => {
    const [fromMs, place] = [sinceMs(), lanes.length];
    lanes.push({ name: `${who}: ${name}`, spans: [] });
    const ended = work.then(() => {
      lanes[place] = { name: `${who}: ${name}`, spans: [{ fromMs, toMs: sinceMs() }] };
    });
    began.push(ended);
    return ended;
  };
  let [told, toldAfterMs]: [unknown, number] = [undefined, 0];
  const returned = saveAll(
    NOTES,
    () => step(`save ${began.length + 1}`, sleep(SAVED_AFTER_MS)),
    (saved) => {
      [told, toldAfterMs] = [saved, sinceMs()];
      return step('tell', sleep(TOLD_AFTER_MS));
    },
  );
  await returned;
  const whole = { name: `${who}: saveAll`, spans: [{ fromMs: 0, toMs: sinceMs() }] };
  // What it did not wait for ends all the same.
  await Promise.all(began);
  return { told, toldAfterMs, lanes: [whole, ...lanes] };
}

function choiceOf({ told, toldAfterMs }: Timed): number | undefined {
  const saves = Math.round(toldAfterMs / SAVED_AFTER_MS);
  if (told === NOTES.length) return saves >= NOTES.length ? 0 : 1;
  if (told === 1 && saves === 1) return 2;
  return told === 0 && saves === 0 ? 3 : undefined;
}
