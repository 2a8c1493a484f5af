import type { Peers } from '../peers.js';
import type { Command } from '../pinning.js';
import { LWASYNC } from '../scripts.js';
import {
  readAutocannon,
  readCalls,
  readHey,
  readLoad,
  readWrk,
  type Summary,
} from '../summaries.js';

/** A whole program that makes calls. */
export interface Program {
  readonly name: string;
  /** Whether it is told how many calls to make or for how many seconds to make them. */
  readonly takes: 'calls' | 'seconds';
  /** Makes so many calls, or calls for so many seconds, to `url`. */
  command(amount: number, connections: number, url: string): Command;
  read(stdout: string): Summary;
}

/** The commands that goals are set for, on many connections. */
export const OURS: readonly Program[] = [
  lwasync('lwasync async --on loop', '--on loop'),
  lwasync('lwasync async --on node', '--on node'),
  {
    name: 'lwasync async --on loop --duration',
    takes: 'seconds',
    command: (seconds, connections, url) =>
      node(`async -d ${seconds}s -c ${connections} --on loop --no-parse --json`, url),
    read: readLoad,
  },
];

/** The command that has one connection. */
export const OURS_ON_ONE: Program = {
  name: 'lwasync sync',
  takes: 'calls',
  command: (calls, _connections, url) => node(`sync -n ${calls} --no-parse`, url),
  read: readCalls,
};

/** Those peers that are there, on any number of connections. */
export function peerPrograms({ autocannon, hey, wrk }: Peers): Program[] {
  return [
    ...(autocannon === undefined ? [] : [autocannonProgram(autocannon.file)]),
    ...(hey === undefined ? [] : [heyProgram(hey.file)]),
    ...(wrk === undefined ? [] : [wrkProgram(wrk.file)]),
  ];
}

function lwasync(name: string, on: string): Program {
  return {
    name,
    takes: 'calls',
    command: (calls, connections, url) =>
      node(`async -n ${calls} -c ${connections} ${on} --no-parse`, url),
    read: readCalls,
  };
}

// autocannon looks only at the end of a sampling interval whether it is done, so its time is up to 0.1 s too long.
function autocannonProgram(file: string): Program {
  return {
    name: 'autocannon',
    takes: 'calls',
    command: (calls, connections, url) => [
      file,
      ...split(`-a ${calls} -c ${connections} -L 100 --json`),
      url,
    ],
    read: readAutocannon,
  };
}

function heyProgram(file: string): Program {
  return {
    name: 'hey',
    takes: 'calls',
    command: (calls, connections, url) => [
      file,
      ...split(`-cpus 1 -n ${calls} -c ${connections}`),
      url,
    ],
    read: readHey,
  };
}

function wrkProgram(file: string): Program {
  return {
    name: 'wrk',
    takes: 'seconds',
    command: (seconds, connections, url) => [
      file,
      ...split(`-t1 -c${connections} -d${seconds}s`),
      url,
    ],
    read: readWrk,
  };
}

function node(text: string, url: string): Command {
  return [process.execPath, LWASYNC, ...split(text), url];
}

function split(text: string): string[] {
  return text.split(' ');
}
