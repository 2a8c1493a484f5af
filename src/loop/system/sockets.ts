import { NONBLOCK_CLOEXEC } from './descriptor-flags.js';
import { EAGAIN, EINPROGRESS, EINTR } from './errno.js';
import { libc } from './libc.js';
import {
  decodeAddress,
  encodeAddress,
  familyOf,
  formatAddress,
  type SocketAddress,
} from './socket-address.js';
import { succeeded, SystemError } from './system-error.js';

const SOCK_STREAM = 1;
const MSG_NOSIGNAL = 0x4000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_ERROR = 4;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const SHUT_WR = 1;
const ADDRESS_BYTES = 128;

/** Nothing could be done just now; the descriptor will be ready when it can. */
export const AGAIN: number = -EAGAIN;

const flag = new Int32Array([1]);
const word = new Int32Array(1);
const wordLength = new Int32Array([4]);

/** Opens a non-blocking stream socket for an address. Throws `SystemError`. */
export function openSocket(address: SocketAddress): number {
  const type = SOCK_STREAM | NONBLOCK_CLOEXEC;
  const fd = succeeded(libc().socket(familyOf(address), type, 0), 'socket');
  if ('host' in address) sendAtOnce(fd);
  return fd;
}

/** Sends small messages at once instead of waiting for more (Nagle's algorithm, RFC 896). */
export function sendAtOnce(fd: number): void {
  libc().setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, flag, 4);
}

/**
 * Begins to connect. Returns whether the connection is there already; if not, the descriptor becomes writable when it is
 * known, and `connectResult` tells. Throws `SystemError`.
 */
export function startConnect(fd: number, address: SocketAddress): boolean {
  const bytes = encodeAddress(address);
  const result = libc().connect(fd, bytes, bytes.length);
  if (result === 0) return true;
  // After a signal the connecting goes on by itself.
  if (result === -EINPROGRESS || result === -EINTR) return false;
  throw new SystemError('connect', -result, formatAddress(address));
}

/** Throws `SystemError` when a connection that was begun has failed. */
export function connectResult(fd: number, address: SocketAddress): void {
  succeeded(libc().getsockopt(fd, SOL_SOCKET, SO_ERROR, word, wordLength), 'getsockopt');
  const errno = word[0] ?? 0;
  if (errno !== 0) throw new SystemError('connect', errno, formatAddress(address));
}

/** Binds a socket to an address and lets it listen. Throws `SystemError`. */
export function startListening(fd: number, address: SocketAddress, backlog: number): void {
  const bytes = encodeAddress(address);
  // Connections of an earlier process may linger for a minute, which is no reason to wait.
  if ('host' in address) libc().setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, flag, 4);
  succeeded(libc().bind(fd, bytes, bytes.length), 'bind', formatAddress(address));
  succeeded(libc().listen(fd, backlog), 'listen', formatAddress(address));
}

/** The next connection of a listening socket, non-blocking, or a negative error number. */
export function acceptConnection(fd: number): number {
  return libc().accept4(fd, null, null, NONBLOCK_CLOEXEC);
}

/** Receives into the beginning of `memory`: how many bytes, 0 at the end, `AGAIN`, or another negative error number. */
export function receive(fd: number, memory: Uint8Array, length: number): number {
  return libc().recv(fd, memory, length, 0);
}

/** Sends: how many bytes were taken, `AGAIN`, or another negative error number. */
export function send(fd: number, memory: Uint8Array): number {
  // Without the flag, sending to a peer that is gone would be a signal.
  return libc().send(fd, memory, memory.length, MSG_NOSIGNAL);
}

/** Ends the sending half. */
export function endSending(fd: number): number {
  return libc().shutdown(fd, SHUT_WR);
}

/** Closes a descriptor. It is gone afterwards whatever the kernel says of it. */
export function closeDescriptor(fd: number): void {
  libc().close(fd);
}

/** The address a socket is bound to. */
export function localAddress(fd: number): SocketAddress {
  return askAddress(fd, 'getsockname');
}

/** The address at the other end of a connection. */
export function peerAddress(fd: number): SocketAddress {
  return askAddress(fd, 'getpeername');
}

function askAddress(fd: number, call: 'getsockname' | 'getpeername'): SocketAddress {
  const bytes = Buffer.alloc(ADDRESS_BYTES);
  const length = new Int32Array([ADDRESS_BYTES]);
  succeeded(libc()[call](fd, bytes, length), call);
  return decodeAddress(bytes, length[0] ?? 0);
}
