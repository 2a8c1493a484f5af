// Loaded into a Node program before its own code, through NODE_OPTIONS, and into the Node programs that it starts. It looks on
// and leaves the program as it is: CommonJS, because --import would run a CommonJS program as a module, in which promises come
// before next ticks; no signal listeners, because then Ctrl-C would wait for a thread that is blocked.
//
// - Functions whose name ends in Sync are timed. A stack costs some tens of microseconds, so one is taken for each millisecond
//   spent in them: a long call has its own line, short ones count for the line that was reached when a millisecond was full.
// - V8's sampling profiler knows the lines of everything else: loops, JSON, regular expressions, Atomics.wait. At 1 ms it costs
//   3 % of a core in a program that sleeps, at 5 ms less than 1 %.
// - What was seen is written now and then, for programs that are killed, and at the exit.
const fs: typeof import('node:fs') = require('node:fs');
const path: typeof import('node:path') = require('node:path');
const inspector: typeof import('node:inspector') = require('node:inspector');
const nodeModule: typeof import('node:module') = require('node:module');
const { isMainThread }: typeof import('node:worker_threads') = require('node:worker_threads');

type Profile = import('node:inspector').Profiler.Profile;

const TIMED_MODULES = ['node:fs', 'node:child_process', 'node:zlib', 'node:crypto'];
const STACK_EVERY_MS = 1;
const STACK_DEPTH = 30;
const SAMPLE_EVERY_US = 5000;
const PROFILE_TITLE = 'lwasync bound ';
const TELL_EVERY_MS = 500;
const LOOK_EVERY_MS = 50;
// A program that is killed is told of up to its last sixth; so the number of profiles grows with the logarithm of its time.
const TELL_EVERY_SHARE = 0.2;

// The program may replace these.
const { readFileSync, renameSync, writeFileSync } = fs;
const { performance } = globalThis;
const profileStart = inspector.console.profile.bind(inspector.console);
const profileEnd = inspector.console.profileEnd.bind(inspector.console);
const now = performance.now.bind(performance);

/** By stack and called function: milliseconds. */
const calls = new Map<string, { stack: string; call: string; durationMs: number }>();
let unplacedMs = 0;
let insideCall = false;

function watchCalls(): void {
  for (const name of TIMED_MODULES) {
    const functions: Record<string, unknown> = require(name);
    for (const [key, original] of Object.entries(functions)) {
      if (!key.endsWith('Sync') || typeof original !== 'function') continue;
      functions[key] = timed(key, original);
    }
  }
  nodeModule.syncBuiltinESMExports();
}

function timed(call: string, original: object): object {
  return new Proxy(original, {
    apply: (target, self, words) => {
      const invoke = (): unknown => Reflect.apply(Object(target), self, words);
      // Some of them call others.
      if (insideCall) return invoke();
      const beganMs = now();
      insideCall = true;
      try {
        return invoke();
      } finally {
        insideCall = false;
        unplacedMs += now() - beganMs;
        if (unplacedMs >= STACK_EVERY_MS) place(call);
      }
    },
  });
}

function place(call: string): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_DEPTH;
  const stack: unknown = new Error('for its stack').stack;
  Error.stackTraceLimit = stackTraceLimit;
  const durationMs = unplacedMs;
  unplacedMs = 0;
  // The program may have put something else there.
  if (typeof stack !== 'string') return;
  const key = `${call}\n${stack}`;
  const known = calls.get(key);
  if (known === undefined) calls.set(key, { stack, call, durationMs });
  else known.durationMs += durationMs;
}

/**
 * Starts the profiler; returns what takes the profile so far. The next one begins before it ends: a profiler that was stopped
 * knows no longer what V8 built into functions that it had compiled before.
 */
function profile(save: (profile: object) => void): (isLast: boolean) => void {
  const session = new inspector.Session();
  session.connect();
  session.on('Profiler.consoleProfileFinished', ({ params: { title, profile: taken } }) => {
    if (!title?.startsWith(PROFILE_TITLE)) return;
    save({ nodes: nodesWithTimes(taken) });
  });
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
  let number = 0;
  profileStart(`${PROFILE_TITLE}${number}`);
  return (isLast) => {
    number += 1;
    if (!isLast) profileStart(`${PROFILE_TITLE}${number}`);
    profileEnd(`${PROFILE_TITLE}${number - 1}`);
  };
}

/** The nodes with the time up to each of their samples, which a thread without a core takes late. */
function nodesWithTimes({ nodes, samples = [], timeDeltas = [] }: Profile): object[] {
  const heldUs = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    heldUs.set(id, (heldUs.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return nodes.map((node) => ({ ...node, heldUs: heldUs.get(node.id) ?? 0 }));
}

/** CPU time of this thread, and time that it was ready and had no core; Linux tells both in /proc. */
function threadTimes(): { cpuMs: number; readyMs: number } | undefined {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1');
    const [cpuNs = Number.NaN, readyNs = Number.NaN] = text.split(' ').map(Number);
    return { cpuMs: cpuNs / 1e6, readyMs: readyNs / 1e6 };
  } catch {
    const usage: unknown = Reflect.get(process, 'threadCpuUsage');
    if (typeof usage !== 'function') return undefined;
    const { user, system }: NodeJS.CpuUsage = usage.call(process);
    return { cpuMs: (user + system) / 1000, readyMs: 0 };
  }
}

function watch(folder: string): void {
  const own = path.join(folder, String(process.pid));
  let profiles = 0;
  let isHealthy = true;
  const write = (name: string, what: object): void => {
    try {
      // Whole or not at all.
      writeFileSync(`${name}.new`, JSON.stringify(what));
      renameSync(`${name}.new`, name);
    } catch {
      // There is nobody to tell: what is missing is missed by who reads it.
      isHealthy = false;
    }
  };
  watchCalls();
  const harvest = profile((taken) => {
    profiles += 1;
    write(`${own}.${profiles}.profile`, taken);
  });
  const hookedMs = now();
  let toldMs = hookedMs;
  const report = (ended: boolean): void => {
    const spanMs = now();
    const { idleTime: idleMs } = performance.nodeTiming;
    // A program in TypeScript is made JavaScript of first.
    const beganMs: unknown = Reflect.get(globalThis, Symbol.for('lwasync.programBeganMs'));
    const startUpMs = typeof beganMs === 'number' ? beganMs : hookedMs;
    const seen = { program: process.argv[1], startUpMs, spanMs, idleMs, ended };
    write(`${own}.json`, { ...seen, thread: threadTimes(), calls: [...calls.values()] });
  };
  const tell = (ended: boolean): void => {
    toldMs = now();
    harvest(ended);
    report(ended);
  };
  report(false);
  const timer = setInterval(() => {
    const sinceMs = now() - toldMs;
    if (isHealthy && sinceMs >= Math.max(TELL_EVERY_MS, toldMs * TELL_EVERY_SHARE)) tell(false);
  }, LOOK_EVERY_MS);
  timer.unref();
  process.on('exit', () => tell(true));
}

const folder = process.env['LWASYNC_BOUND_FOLDER'];
if (isMainThread && folder !== undefined) {
  try {
    watch(folder);
  } catch {
    // A Node without an inspector, or one that may not write: the program runs all the same.
  }
}
