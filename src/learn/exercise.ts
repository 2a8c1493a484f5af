import type { Milliseconds } from '../core/units.js';
import { importUserModule } from '../tasks/user-modules.js';
import { Attempt, AttemptFault } from './attempt.js';
import { startWatchedServer, type WaitingCall, type WatchedServer } from './watched-server.js';

/** What a check says of an attempt. */
export type Verdict =
  | {
      readonly passed: true;
      /** What was seen, as a sentence. */
      readonly seen: string;
    }
  | {
      readonly passed: false;
      /** The name of what is wrong, by which hints are chosen. */
      readonly diagnosis: string;
      /** What was seen and what was expected, as a sentence. */
      readonly message: string;
    };

/** What a check works with. */
export interface CheckContext {
  readonly attempt: Attempt;
  /** From 0 up to 1, the same sequence for the same seed. */
  readonly random: () => number;
  /** How long one call of the learner's module may take. */
  readonly limitMs: Milliseconds;
  /** A server that answers when told, and counts; it is closed after the check. */
  readonly startServer: (onCall: (call: WaitingCall) => void) => Promise<WatchedServer>;
}

/** Judges an attempt by what it does. */
type Check = (context: CheckContext) => Promise<Verdict>;

// Every call of an exercise is over in far less than a second, on a busy machine in a few.
const LIMIT_MS: Milliseconds = 10_000;

/**
 * Runs the check of an exercise on a learner's module, in a process of its own that is ended in any case.
 *
 * @throws what is wrong with the check itself, which is a fault of ours.
 */
export async function checkAttempt(
  checkFile: string,
  file: string,
  seed: number,
  limitMs: Milliseconds = LIMIT_MS,
): Promise<Verdict> {
  const check = checkIn(await importUserModule(checkFile));
  const attempt = new Attempt(file);
  const servers: WatchedServer[] = [];
  const startServer = async (onCall: (call: WaitingCall) => void): Promise<WatchedServer> => {
    const server = await startWatchedServer(onCall);
    servers.push(server);
    return server;
  };
  try {
    await attempt.load();
    return await check({ attempt, random: seededRandom(seed), startServer, limitMs });
  } catch (error) {
    if (!(error instanceof AttemptFault)) throw error;
    return { passed: false, diagnosis: error.code, message: error.message };
  } finally {
    attempt.close();
    await Promise.all(servers.map((server) => server.close()));
  }
}

function checkIn(module: unknown): Check {
  const check: unknown = Reflect.get(Object(module), 'check');
  if (typeof check !== 'function') throw new Error('a check exports no function check');
  return (context) => check(context);
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
