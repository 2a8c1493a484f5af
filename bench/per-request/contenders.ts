import type { Peers } from '../peers.js';
import { scriptPath } from '../scripts.js';
import { scripted, type Contender } from './contender.js';
import { hey, lwasyncCommand, wrk } from './whole-programs.js';

/** The clients that goals are set for: neither decodes the answers. */
export const OURS = ['lwasync loop.run', 'lwasync loop.host'] as const;
/** The same, decoding the answers. */
export const OURS_JSON = 'lwasync loop.run, JSON';
/** The peers that goals are set against. */
export const WRK = 'wrk';
export const AUTOCANNON = 'autocannon';
/** A peer whose name ends so decodes the answers. */
export const JSON_SUFFIX = ', JSON';

/** Every client that is there, in the order in which they stand in a table. */
export function contendersFor(peers: Peers, commandCalls: number): Contender[] {
  const { python } = peers;
  return [
    lwasync('lwasync loop.run', 'run', 'raw'),
    lwasync('lwasync loop.host', 'host', 'raw'),
    ...(peers.wrk === undefined ? [] : [wrk(peers.wrk)]),
    lwasyncCommand(commandCalls),
    ...(peers.autocannon === undefined ? [] : [autocannon(peers.autocannon.file)]),
    ...(peers.hey === undefined ? [] : [hey(peers.hey)]),
    lwasync('lwasync, Node loop', 'node', 'raw'),
    undici('undici Client', 'client', 'raw'),
    undici('undici Pool', 'pool', 'raw'),
    ...(python === undefined ? [] : [aiohttp('aiohttp', python.file, 'asyncio')]),
    ...(python?.uvloop === undefined ? [] : [aiohttp('aiohttp, uvloop', python.file, 'uvloop')]),
    lwasync(OURS_JSON, 'run', 'json'),
    lwasync('lwasync loop.host, JSON', 'host', 'json'),
    lwasync('lwasync, Node loop, JSON', 'node', 'json'),
    undici('undici Client, JSON', 'client', 'json'),
  ];
}

function lwasync(name: string, ...kind: readonly string[]): Contender {
  return nodeScript(name, 'load-lwasync.mjs', kind);
}

function undici(name: string, ...kind: readonly string[]): Contender {
  return nodeScript(name, 'load-undici.mjs', kind);
}

function autocannon(program: string): Contender {
  return nodeScript(AUTOCANNON, 'load-autocannon.mjs', [program]);
}

function nodeScript(name: string, script: string, more: readonly string[]): Contender {
  const path = scriptPath(script);
  return scripted(name, (words) => [process.execPath, path, ...words, ...more]);
}

function aiohttp(name: string, interpreter: string, loop: string): Contender {
  const path = scriptPath('load_aiohttp.py');
  return scripted(name, (words) => [interpreter, path, ...words, loop]);
}
