import { numberAt, parseJson } from '../json.js';
import type { Peers } from '../peers.js';
import type { Command } from '../pinning.js';
import { LWASYNC, scriptPath } from '../scripts.js';
import type { Order } from './order.js';
import { CONCURRENCY } from './plan.js';

/** A program that downloads. */
export interface Contender {
  readonly name: string;
  /** Whether it calls fsync for its files; those of the others are brought to the disk afterwards. */
  readonly durable: boolean;
  /** Downloads what is ordered into the folder, which is there and empty. */
  command(order: Order, folder: string): Command;
  /** How long that took by its own clock, from what it printed. */
  ownSeconds(stdout: string): number | undefined;
}

/** Ours, without and with fsync, without and with a checksum for every file. */
export const PLAIN: Contender = lwasync('lwasync download --no-fsync', 'addresses', false);
export const DURABLE: Contender = lwasync('lwasync download', 'addresses', true);
export const CHECKED: Contender = lwasync(
  'lwasync download --no-fsync, sha256',
  'checksums',
  false,
);
export const DURABLE_CHECKED: Contender = lwasync('lwasync download, sha256', 'checksums', true);
export const OURS: readonly Contender[] = [PLAIN, DURABLE, CHECKED, DURABLE_CHECKED];

/** The peer that a goal is set against. */
export const CURL_PARALLEL = 'curl --parallel';

/** Those peers that are there, in the order in which they stand in a table. */
export function peerContenders({ curl, wget, aria2c }: Peers): Contender[] {
  return [
    ...(curl === undefined ? [] : [curlOneByOne(curl.file), curlParallel(curl.file)]),
    ...(aria2c === undefined ? [] : [aria2(aria2c.file)]),
    ...(wget === undefined ? [] : [wgetOneByOne(wget.file)]),
    peer('undici', ({ addresses }, folder) => [
      process.execPath,
      scriptPath('undici-download.mjs'),
      addresses,
      folder,
      `${CONCURRENCY}`,
    ]),
  ];
}

function lwasync(name: string, list: 'addresses' | 'checksums', durable: boolean): Contender {
  return {
    name,
    durable,
    command: (order, folder) => [
      process.execPath,
      LWASYNC,
      'download',
      '-i',
      order[list],
      '--dir',
      folder,
      '-c',
      `${CONCURRENCY}`,
      '--json',
      ...(durable ? [] : ['--no-fsync']),
    ],
    // Of the last line, which has the whole batch in it.
    ownSeconds: (stdout) =>
      numberAt(parseJson(stdout.trimEnd().split('\n').at(-1) ?? ''), 'download', 'seconds'),
  };
}

function peer(name: string, command: Contender['command'], durable = false): Contender {
  return { name, durable, command, ownSeconds: () => undefined };
}

// The first word of each keeps the settings of whoever measures out.
function curlOneByOne(file: string): Contender {
  return peer('curl', (order, folder) => [file, '-q', ...curlWords(order, folder)]);
}

function curlParallel(file: string): Contender {
  return peer(CURL_PARALLEL, (order, folder) => [
    file,
    '-q',
    '--parallel',
    '--parallel-max',
    `${CONCURRENCY}`,
    ...curlWords(order, folder),
  ]);
}

function curlWords({ curl }: Order, folder: string): string[] {
  return ['-sSf', '--remote-name-all', '--output-dir', folder, '-K', curl];
}

// It calls fsync for each file that it closes (seen with strace, 1.36), though not for the folder, and cannot be told not to.
function aria2(file: string): Contender {
  const command: Contender['command'] = ({ addresses }, folder) => [
    file,
    '--no-conf',
    '--quiet',
    `-j${CONCURRENCY}`,
    '-x1',
    '-s1',
    '--file-allocation=none',
    '-d',
    folder,
    '-i',
    addresses,
  ];
  return peer('aria2c', command, true);
}

function wgetOneByOne(file: string): Contender {
  return peer('wget', ({ addresses }, folder) => [
    file,
    '--no-config',
    '-nv',
    '-P',
    folder,
    '-i',
    addresses,
  ]);
}
