import {
  failed,
  type Attempt,
  type CheckContext,
  type Failed,
  type ObservedCall,
  type WaitingCall,
} from 'lwasync/learn';

/** The path of the address that is given to the functions of the exercise. */
export const PATH = '/say-hi';

// The server keeps the first call waiting until the thread has beaten so often, or for so many looks without.
const FREE_BEATS = 5;
const HELD_LOOKS = 20;
// Beats of a free thread after which a call that has not come is taken not to come.
const QUIET_BEATS = 20;
// More than any way to begin a call takes of the CPU; on a busy machine it takes longer, but no more of that.
const VAIN_CPU_MS = 500;

/** What a function did with a server that keeps its calls waiting. */
export interface Observed extends ObservedCall {
  readonly name: string;
  readonly came: number;
  /** The path of a call that was made to another address than the one that was given. */
  readonly elsewhere: string | undefined;
  readonly mostAtOnce: number;
  /** Whether the thread beat while the first call waited. */
  readonly wasFree: boolean;
  /** Whether a call was not answered when the function returned. */
  readonly leftCalls: boolean;
  /** What the server answered, in the order of the calls. */
  readonly answers: readonly unknown[];
}

/** Calls a function with `args` and the address of a server. */
export async function observe(
  { attempt, random, startServer }: CheckContext,
  name: string,
  args: readonly unknown[],
): Promise<Observed | Failed> {
  const answers: unknown[] = [];
  let wasFree = false;
  const answer = async (call: WaitingCall): Promise<void> => {
    if (call.index === 0) wasFree = await isFree(attempt);
    else await attempt.looks(1);
    call.answer(answers[call.index]);
  };
  const server = await startServer((call) => {
    answers.push({ message: 'Hello World', id: random() });
    void answer(call);
  });
  const came = (): number => server.calls.length;
  let isOver = false;
  const call = attempt.call(name, [...args, `${server.url}${PATH}`]);
  const over = call.finally(() => (isOver = true)).catch(() => {});
  await Promise.race([over, computesInVain(attempt, () => isOver || came() > 0)]);
  if (!isOver && came() === 0) {
    return failed(
      'busy-waiting',
      `${name} computed for ${VAIN_CPU_MS} ms and no call came: it waits in a loop for something that cannot happen as long as it loops`,
    );
  }
  const seen = await call;
  const waited = came() - server.waiting.length;
  // A call that was started and not waited for may be on its way.
  if (waited === 0) await attempt.quiet(QUIET_BEATS, came);
  const { mostAtOnce } = server;
  const leftCalls = came() > waited;
  const elsewhere = server.calls.find(({ path }) => path !== PATH)?.path;
  return { ...seen, name, came: came(), elsewhere, mostAtOnce, wasFree, leftCalls, answers };
}

function isFree(attempt: Attempt): Promise<boolean> {
  return Promise.race([
    attempt.quiet(FREE_BEATS, () => 0).then(() => true),
    attempt.looks(HELD_LOOKS).then(() => false),
  ]);
}

/** Resolves when a thread has computed for long, or `isEnough`; where CPU time is not told by thread, only then. */
async function computesInVain(attempt: Attempt, isEnough: () => boolean): Promise<void> {
  const before = attempt.pulse.threadCpuMs;
  const hasComputed = (): boolean =>
    attempt.pulse.threadCpuMs.some((ms, thread) => ms - (before[thread] ?? 0) > VAIN_CPU_MS);
  while (!isEnough() && !hasComputed()) await attempt.looks(4);
}
