import { closeSync } from 'node:fs';
import { loadKoffi } from '../../src/loop/system/koffi.js';
import { libc } from '../../src/loop/system/libc.js';
import { succeeded } from '../../src/loop/system/system-error.js';

const AF_UNIX = 1;
const SOCK_STREAM_NONBLOCK_CLOEXEC = 0o2004001;
const O_NONBLOCK_CLOEXEC = 0o2004000;

const library = loadKoffi().load(null);
const socketpair = library.func('int socketpair(int, int, int, void *)');
const dup = library.func('int dup(int)');
const dup2 = library.func('int dup2(int, int)');

/** Two descriptors that belong together. */
export type DescriptorPair = readonly [first: number, second: number];

/** Two connected sockets, which do not block. */
export function socketPair(): DescriptorPair {
  const fds = new Int32Array(2);
  succeeded(socketpair(AF_UNIX, SOCK_STREAM_NONBLOCK_CLOEXEC, 0, fds), 'socketpair');
  return [fds[0] ?? -1, fds[1] ?? -1];
}

/** A pipe: the end to read from, the end to write to; neither blocks. */
export function pipe(): DescriptorPair {
  const fds = new Int32Array(2);
  succeeded(libc().pipe2(fds, O_NONBLOCK_CLOEXEC), 'pipe2');
  return [fds[0] ?? -1, fds[1] ?? -1];
}

/** Another descriptor of the same open file. */
export function duplicate(fd: number): number {
  return succeeded(dup(fd), 'dup');
}

/** Lets the number `target` stand for what `fd` stands for; what it stood for is closed. */
export function duplicateOnto(fd: number, target: number): void {
  succeeded(dup2(fd, target), 'dup2');
}

/** Puts text into a socket or pipe. */
export function put(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  succeeded(libc().write(fd, bytes, bytes.length), 'write');
}

/** Takes what is in a socket or pipe, at most 64 KiB; an empty text at its end. */
export function get(fd: number): string {
  const bytes = Buffer.alloc(65_536);
  return bytes.toString('utf8', 0, succeeded(libc().read(fd, bytes, bytes.length), 'read'));
}

/** Puts in as much as fits, so that the descriptor is not writable any more. */
export function fill(fd: number): void {
  const bytes = Buffer.alloc(65_536);
  while (libc().write(fd, bytes, bytes.length) > 0);
}

/** Closes descriptors. */
export function close(...fds: readonly number[]): void {
  for (const fd of fds) closeSync(fd);
}
