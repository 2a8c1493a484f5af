import { createHook } from 'node:async_hooks';
import type { OpenResource, Runs } from './attempt-protocol.js';

// Deep enough to reach the learner's line through a client of ours.
const FRAMES = 30;
const TIMERS: ReadonlySet<string> = new Set(['Timeout', 'Immediate']);

/** What the module in `file` begins and has not ended, by the line that began it. */
export interface OpenResources {
  /** Those that are open now, in the order of their begin; the same object stands for one until it runs. */
  list(): OpenResource[];
  /** How often something ran that the module began. */
  runs(): Runs;
}

/**
 * Follows what a module begins, from now on. A promise is open until it is settled, and what `await` waits for until the
 * function goes on.
 */
export function followResources(file: string): OpenResources {
  const open = new Map<number, OpenResource>();
  let runs: Runs = { number: 0, lastLine: undefined };
  Error.stackTraceLimit = FRAMES;
  createHook({
    init(id, kind) {
      const begin = beginIn(file);
      if (begin === undefined) return;
      const { line, setsTimer } = begin;
      open.set(id, { kind, line, isOwnTimer: setsTimer && TIMERS.has(kind) });
    },
    before(id) {
      const resource = open.get(id);
      if (resource === undefined) return;
      runs = { number: runs.number + 1, lastLine: resource.line };
      // An await is told of as a promise that runs and is never settled.
      if (resource.kind === 'PROMISE') open.delete(id);
      else open.set(id, { ...resource });
    },
    promiseResolve: (id) => void open.delete(id),
    destroy(id) {
      // Of a promise that nobody can settle any more, the line is what is asked for.
      if (open.get(id)?.kind !== 'PROMISE') open.delete(id);
    },
  }).enable();
  return {
    list: () => [...open.values()],
    runs: () => runs,
  };
}

interface Begin {
  readonly line: number;
  /** Whether what it called is a function of Node's for timers. */
  readonly setsTimer: boolean;
}

function beginIn(file: string): Begin | undefined {
  let called = '';
  for (const frame of framesHere()) {
    // Frames of the engine itself have no name.
    const name = frame.getFileName() ?? called;
    const line = name === file ? frame.getLineNumber() : null;
    if (line !== null) return { line, setsTimer: called.startsWith('node:timers') };
    called = name;
  }
  return undefined;
}

/** The calls that led here. To write them down as a text, as the `stack` of an error is, costs several times as much. */
function framesHere(): readonly NodeJS.CallSite[] {
  const asItWas: unknown = Reflect.get(Error, 'prepareStackTrace');
  let here: readonly NodeJS.CallSite[] = [];
  Error.prepareStackTrace = (_, frames) => {
    here = frames;
  };
  // They are looked at when somebody asks for the text.
  void new Error('where').stack;
  Reflect.set(Error, 'prepareStackTrace', asItWas);
  return here;
}
