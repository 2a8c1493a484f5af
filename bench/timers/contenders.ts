import { numberAt, parseJson } from '../json.js';
import type { Outcome } from '../measurements.js';
import type { Peers } from '../peers.js';
import type { Command, Pinning } from '../pinning.js';
import { complaintOf, runProgram } from '../process.js';
import { scriptPath } from '../scripts.js';
import type { Plan } from './plan.js';

/** Nanoseconds of adding a timer and of firing one, of a callback in a chain and of one in a batch. */
export type Figure = 'addNs' | 'fireNs' | 'chainNs' | 'batchNs';

/** One way to have something called later or soon. */
export interface Contender {
  /** What takes the timers, if it has any of its own, and what the callbacks. */
  readonly name: string;
  /** How many timers and callbacks, as a part of those of the plan. */
  readonly part: number;
  readonly command: Command;
}

/** The one that the others are compared with. */
export const OURS = 'lwasync loop.run';
// Python would take many times as long for all.
const PART_OF_PYTHON = 0.1;

const FIGURES: readonly Figure[] = ['addNs', 'fireNs', 'chainNs', 'batchNs'];

/** Every one that is there, in the order in which they stand in a table. */
export function contendersFor({ python }: Peers): Contender[] {
  return [
    node(OURS, 'timers-lwasync.mjs', 'run'),
    node('lwasync loop.host', 'timers-lwasync.mjs', 'host'),
    node('Node, setTimeout and setImmediate', 'timers-node.mjs', 'setImmediate'),
    node('Node, process.nextTick', 'timers-node.mjs', 'nextTick'),
    node('Node, queueMicrotask', 'timers-node.mjs', 'queueMicrotask'),
    ...(python === undefined ? [] : [asyncio('asyncio', python.file, 'asyncio')]),
    ...(python?.uvloop === undefined ? [] : [asyncio('uvloop', python.file, 'uvloop')]),
  ];
}

/** Lets it add and fire timers and make callbacks. */
export async function measureContender(
  { command, part }: Contender,
  { timers, callbacks, batch }: Plan,
  pinning: Pinning,
  signal: AbortSignal,
): Promise<Outcome<Figure>> {
  const numbers = [timers * part, callbacks * part, batch];
  const [file, ...words] = pinning.client([...command, ...numbers.map(String)]);
  const result = await runProgram(file, words, { signal });
  const printed = result.kind === 'ended' ? parseJson(result.stdout) : undefined;
  if (printed === undefined) return { kind: 'none', reason: complaintOf(result) };
  const figures: Partial<Record<Figure, number>> = {};
  for (const figure of FIGURES) {
    const value = numberAt(printed, figure);
    if (value !== undefined) figures[figure] = value;
  }
  return { kind: 'figures', figures };
}

function node(name: string, script: string, kind: string): Contender {
  return { name, part: 1, command: [process.execPath, scriptPath(script), kind] };
}

function asyncio(name: string, interpreter: string, kind: string): Contender {
  const command = [interpreter, scriptPath('timers_asyncio.py'), kind] as const;
  return { name, part: PART_OF_PYTHON, command };
}
