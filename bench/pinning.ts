import { readFileSync } from 'node:fs';
import type { Tool } from './peers.js';

/** A program and its words, as `spawn` takes them. */
export type Command = readonly [file: string, ...words: string[]];

/** Keeps the server on one core and who is measured on another, so that neither takes the processor from the other. */
export interface Pinning {
  /** A sentence for the document. */
  readonly description: string;
  /** The command that runs on the core of the servers. */
  server(command: Command): Command;
  /** The command that runs on the core of the clients. */
  client(command: Command): Command;
}

/** Pins to the first two cores that this process may use; without `taskset`, or with one core, to none. */
export function pinningWith(taskset: Tool | undefined): Pinning {
  const [server, client] = allowedCores();
  if (taskset === undefined || server === undefined || client === undefined) {
    const why = taskset === undefined ? 'taskset is not installed' : 'there is one core only';
    const asItIs = (command: Command): Command => command;
    return {
      description: `Nothing is pinned to a core, because ${why}: read the times with caution.`,
      server: asItIs,
      client: asItIs,
    };
  }
  const on =
    (core: number) =>
    (command: Command): Command => [taskset.file, '--cpu-list', String(core), ...command];
  return {
    description: `\`taskset\` keeps every server on core ${server} and every client on core ${client}.`,
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
