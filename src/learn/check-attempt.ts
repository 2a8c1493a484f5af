import { rm } from 'node:fs/promises';
import { formatDuration } from '../core/format-units.js';
import type { Milliseconds } from '../core/units.js';
import { importUserModule } from '../tasks/user-modules.js';
import { Attempt } from './attempt.js';
import { AttemptFault } from './attempt-fault.js';
import { callLater } from './call-later.js';
import { compiledFolder, compileWithNeighbours } from './compiled-modules.js';
import { makeFolder } from './made-folder.js';
import { failed, type Failed, type Measurement, type Verdict } from './verdict.js';
import { startWatchedServer, type WaitingCall, type WatchedServer } from './watched-server.js';

/** What a check works with. */
export interface CheckContext {
  readonly attempt: Attempt;
  /** From 0 up to 1, the same sequence for the same seed. */
  readonly random: () => number;
  /** A server that answers when told, and counts; it is closed after the check. */
  readonly startServer: (onCall: (call: WaitingCall) => void) => Promise<WatchedServer>;
  /** An empty folder, which is removed after the check. */
  readonly makeFolder: () => Promise<string>;
  /** Loads another module in a process of its own, to be measured beside the attempt; it is ended after the check. */
  readonly startAttempt: (file: string) => Promise<Attempt>;
}

/** What `check.ts` of an exercise exports, by itself or from a `measure.ts` beside it. */
export interface CheckModule {
  /** Judges an attempt by what it does, and never by a clock. */
  readonly check: (context: CheckContext) => Promise<Verdict>;
  /** Measures an attempt that has passed, in a process of its own. */
  readonly measure: (context: CheckContext) => Promise<Measurement>;
}

/** How an attempt is checked. */
export interface CheckOptions {
  readonly seed: number;
  /** How long each thing that is asked of the learner's module may take. */
  readonly limitMs?: Milliseconds;
  /** Ends the check, and the attempt. */
  readonly signal?: AbortSignal;
}

/** What came of a check. */
export interface CheckedAttempt {
  readonly verdict: Verdict;
  /** What the module printed, the first 64,000 characters of it. */
  readonly printed: string;
}

// Every call of an exercise is over in far less than a second, on a busy machine in a few.
const LIMIT_MS: Milliseconds = 10_000;
// A whole check takes some seconds.
const LIMITS_TO_CHECK = 12;

/**
 * Runs the check of an exercise on a learner's module, in a process of its own that is ended in any case.
 *
 * @throws the signal's reason when it is fired, and what is wrong with the check itself, which is a fault of ours.
 */
export async function checkAttempt(
  checkFile: string,
  file: string,
  options: CheckOptions,
): Promise<CheckedAttempt> {
  const { check } = await importCheck(checkFile);
  let attempt: Attempt | undefined;
  const judged = withContext(file, options, async (context) => {
    ({ attempt } = context);
    await attempt.load();
    const said = await check(context);
    return said.passed ? ((await lostRejection(attempt)) ?? said) : said;
  });
  const verdict = await judged.catch((error: unknown) => {
    if (!(error instanceof AttemptFault)) throw error;
    return failed(error.code, error.message);
  });
  return { verdict, printed: attempt?.printed ?? '' };
}

/** What ends a program of its own is wrong in any exercise; not every check asks for it. */
async function lostRejection(attempt: Attempt): Promise<Failed | undefined> {
  // A rejection is told later than the answer that it came with. Where the attempt has ended since, it has been told.
  await attempt.settled().catch(() => {});
  const [lost] = attempt.unhandled;
  return lost === undefined
    ? undefined
    : failed(
        'unhandled-rejection',
        `a promise was rejected with "${lost}" when nobody was waiting for it; in a program of its own that ends it`,
      );
}

/**
 * Measures a module that has passed.
 *
 * @throws {AttemptFault} when it does not do again what it did.
 */
export async function measureAttempt(
  checkFile: string,
  file: string,
  options: CheckOptions,
): Promise<Measurement> {
  const { measure } = await importCheck(checkFile);
  return withContext(file, options, async (context) => {
    await context.attempt.load();
    return measure(context);
  });
}

async function withContext<T>(
  file: string,
  { seed, limitMs = LIMIT_MS, signal }: CheckOptions,
  use: (context: CheckContext) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const compiled = await compiledFolder();
  const attempts: Attempt[] = [];
  const undo: (() => Promise<void>)[] = [];
  const start = (path: string): Attempt => {
    compileWithNeighbours(compiled, path);
    const attempt = new Attempt(path, compiled, limitMs);
    attempts.push(attempt);
    return attempt;
  };
  const close = (): void => attempts.forEach((attempt) => attempt.close());
  signal?.addEventListener('abort', close);
  try {
    const context: CheckContext = {
      attempt: start(file),
      random: seededRandom(seed),
      startServer: async (onCall) => {
        const server = await startWatchedServer(onCall);
        undo.push(() => server.close());
        return server;
      },
      makeFolder: async () => {
        const folder = await makeFolder('lwasync-learn-');
        undo.push(() => rm(folder, { recursive: true, force: true }));
        return folder;
      },
      startAttempt: async (other) => {
        const beside = start(other);
        await beside.load();
        return beside;
      },
    };
    const result = await within(LIMITS_TO_CHECK * limitMs, use(context));
    // What ended since it was to be ended says nothing of the attempt.
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    // An attempt that is ended under it makes a check fail in many a way.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', close);
    close();
    await Promise.all(undo.map((each) => each()));
  }
}

// What an attempt does may leave a check with something to wait for that never comes.
function within<T>(limitMs: Milliseconds, result: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = callLater(limitMs, () => {
      const after = formatDuration(limitMs);
      reject(new AttemptFault('waits-for-ever', `after ${after} its check was not through`));
    });
    void result.finally(stop).then(resolve, reject);
  });
}

async function importCheck(path: string): Promise<CheckModule> {
  const module: unknown = await importUserModule(path);
  if (!isCheckModule(module)) throw new Error(`${path} exports no functions check and measure`);
  return module;
}

function isCheckModule(module: unknown): module is CheckModule {
  return ['check', 'measure'].every(
    (name) => typeof Reflect.get(Object(module), name) === 'function',
  );
}

// mulberry32, T. Ettinger: enough for orders and delays.
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
