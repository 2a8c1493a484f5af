import { readFileSync } from 'node:fs';
import type { Tool } from './peers.js';

/** A program and its words, as `spawn` takes them. */
export type Command = readonly [file: string, ...words: string[]];

/** Keeps servers and clients each on a core. */
export interface Pinning {
  /** A sentence for the document. */
  readonly description: string;
  /** The command that runs on the core of the servers. */
  server(command: Command): Command;
  /** The command that runs on the core of the clients. */
  client(command: Command): Command;
}

const asItIs = (command: Command): Command => command;

/** Leaves all cores to every program. */
export const UNPINNED: Pinning = {
  description: 'Nothing is pinned to a core.',
  server: asItIs,
  client: asItIs,
};

/**
 * Pins to cores that this process may use; without `taskset`, or with one core, to none. `apart`, server and client each have
 * a core, so that neither takes the processor from the other. `together`, they share one: on a virtual machine, waking a
 * sleeping core costs more than a whole request, and whoever sends is charged with it.
 */
export function pinningWith(taskset: Tool | undefined, how: 'apart' | 'together'): Pinning {
  const [server, second] = allowedCores();
  const client = how === 'apart' ? second : server;
  if (
    taskset === undefined ||
    server === undefined ||
    second === undefined ||
    client === undefined
  ) {
    const why = taskset === undefined ? 'taskset is not installed' : 'there is one core only';
    return {
      ...UNPINNED,
      description: `Nothing is pinned to a core, because ${why}: read the times with caution.`,
    };
  }
  const on =
    (core: number) =>
    (command: Command): Command => [taskset.file, '--cpu-list', String(core), ...command];
  return {
    description:
      how === 'apart'
        ? `\`taskset\` keeps every server on core ${server} and every client on core ${client}.`
        : `\`taskset\` keeps server and client on one core, ${server}: waking another core costs more than a request on a ` +
          `virtual machine, and is charged to whoever sends.`,
    server: on(server),
    client: on(client),
  };
}

// proc(5): a list like 0-3,8.
function allowedCores(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
