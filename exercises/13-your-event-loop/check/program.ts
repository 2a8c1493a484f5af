/** Something that a program does with an event loop; `next` is what is done by the callback, or by what awaits the call. */
export type Action =
  | {
      readonly do: 'callSoon';
      readonly name: string;
      readonly next: readonly Action[];
      /** With the callback of all others that are shared; those run in the order in which they were added. */
      readonly isShared?: boolean;
    }
  | {
      readonly do: 'callLater';
      readonly name: string;
      readonly delayMs: number;
      readonly next: readonly Action[];
      readonly isShared?: boolean;
    }
  /** Cancels the timer of that name. */
  | { readonly do: 'cancel'; readonly name: string }
  | {
      readonly do: 'get';
      readonly name: string;
      readonly endsAfterMs: number;
      readonly fails: boolean;
      readonly next: readonly Action[];
    }
  /** Holds the thread: time passes. */
  | { readonly do: 'work'; readonly forMs: number };

/** What a program does before the first pass. */
export type Program = readonly Action[];

const HOUR_MS = 3_600_000;

/** Each shows one thing, in the order in which a loop is written. */
export const PROGRAMS: readonly Program[] = [
  // The ready queue.
  [soon('a'), soon('b'), soon('c')],
  [soon('a', [soon('b', [soon('c')])])],
  chain(30, (name, next) => soon(name, next)),
  // Timers: the wait for each, something that wakes the loop before, their order, ties.
  [later('a', 10)],
  [get('a', 4, [soon('b')]), later('c', 10)],
  [later('c', 30), later('a', 10), later('b', 20)],
  Array.from({ length: 12 }, (_, index) => later(`tie ${index}`, index === 6 ? 5 : 10)),
  [soon('a', [later('b', 10), soon('c')]), later('d', 10)],
  chain(30, (name, next) => later(name, 0, next)),
  [later('a', 10), later('b', 20), later('c', 5), soon('d', [{ do: 'work', forMs: 25 }])],
  // Calls: their answers, one that is made by whoever awaited another, one that fails.
  [get('a', 10)],
  [get('a', 5, [get('b', 5)]), later('an hour', HOUR_MS)],
  [get('a', 20), get('b', 10), get('c', 10, [], true)],
  // Who is always ready does not keep others out.
  [get('a', 0), later('b', 0), ...chain(30, (name, next) => soon(name, next))],
  // What was cancelled.
  [later('a', 10), later('b', 30), { do: 'cancel', name: 'a' }],
  [later('a', 10), { do: 'cancel', name: 'a' }, get('b', 50)],
  [later('a', 10, [{ do: 'cancel', name: 'b' }]), later('b', 10), later('c', 20)],
  [
    later('a', 10),
    later('b', 20, [
      { do: 'cancel', name: 'a' },
      { do: 'cancel', name: 'c' },
      { do: 'cancel', name: 'c' },
    ]),
    later('c', 30),
    later('d', 40),
  ],
];

/** Several times the same callback. */
export const SHARING_PROGRAMS: readonly Program[] = shared([
  [soon('a'), soon('b')],
  [later('a', 10), later('b', 10), later('c', 20)],
  [later('a', 10), later('b', 20), { do: 'cancel', name: 'a' }],
]);

/** A program of everything at once, another for each state of `random`. */
export function randomProgram(random: () => number): Program {
  const started: string[] = [];
  const below = (most: number): number => Math.floor(random() * most);
  const oneOf = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  const actions = (depth: number): Action[] =>
    Array.from({ length: 1 + below(depth === 0 ? 6 : 3) }, () => action(depth));
  const action = (depth: number): Action => {
    const name = `${started.length}`;
    const kind = below(10);
    if (kind === 0) return { do: 'work', forMs: below(3) * 10 };
    if (kind <= 2) {
      const cancelled = oneOf(started);
      if (cancelled !== undefined) return { do: 'cancel', name: cancelled };
    }
    started.push(name);
    const next = depth < 3 && below(2) === 0 ? actions(depth + 1) : [];
    if (kind <= 4) return soon(name, next);
    if (kind <= 7) return later(name, below(5) * 10, next);
    return get(name, below(4) * 15, next, below(3) === 0);
  };
  return actions(0);
}

function shared(programs: readonly Program[]): Program[] {
  const share = (action: Action): Action => {
    const isCallback = action.do === 'callSoon' || action.do === 'callLater';
    return isCallback ? { ...action, isShared: true } : action;
  };
  return programs.map((program) => program.map(share));
}

function soon(name: string, next: readonly Action[] = []): Action {
  return { do: 'callSoon', name, next };
}

function later(name: string, delayMs: number, next: readonly Action[] = []): Action {
  return { do: 'callLater', name, delayMs, next };
}

function get(
  name: string,
  endsAfterMs: number,
  next: readonly Action[] = [],
  fails = false,
): Action {
  return { do: 'get', name, endsAfterMs, fails, next };
}

/** Callbacks each of which adds the next. */
function chain(
  length: number,
  make: (name: string, next: readonly Action[]) => Action,
  from = 0,
): Action[] {
  return from === length ? [] : [make(`link ${from}`, chain(length, make, from + 1))];
}
