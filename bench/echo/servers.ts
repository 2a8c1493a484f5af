import type { Peers } from '../peers.js';
import type { Command } from '../pinning.js';
import { scriptPath } from '../scripts.js';

/** A server that sends back what it receives. */
export interface EchoServer {
  readonly name: string;
  readonly command: Command;
}

/** The servers that goals are set for. */
export const OURS = ['lwasync loop.run', 'lwasync loop.host'] as const;
/** The peers that goals are set against. */
export const NODE_NET = 'node:net';
export const UVLOOP = 'uvloop, protocol';

/** Every server that is there, in the order in which they stand in a table. */
export function serversFor({ python }: Peers): EchoServer[] {
  return [
    lwasync(OURS[0], 'run'),
    lwasync(OURS[1], 'host'),
    lwasync('lwasync loop.host, async functions', 'async'),
    { name: NODE_NET, command: [process.execPath, scriptPath('echo-net.mjs')] },
    ...(python === undefined
      ? []
      : [
          asyncio('asyncio, streams', python.file, ['streams', 'asyncio']),
          asyncio('asyncio, protocol', python.file, ['protocol', 'asyncio']),
        ]),
    ...(python?.uvloop === undefined ? [] : [asyncio(UVLOOP, python.file, ['protocol', 'uvloop'])]),
  ];
}

function lwasync(name: string, kind: string): EchoServer {
  return { name, command: [process.execPath, scriptPath('echo-lwasync.mjs'), kind] };
}

function asyncio(name: string, interpreter: string, words: readonly string[]): EchoServer {
  return { name, command: [interpreter, scriptPath('echo_asyncio.py'), ...words] };
}
