import { isIP } from 'node:net';
import { UsageError } from '../../core/errors.js';
import { libc } from './libc.js';

/** Where a TCP socket is: a numeric address, not a name. */
export interface InternetAddress {
  readonly host: string;
  readonly port: number;
}

/** Where a Unix socket is: a path in the file system. */
export interface UnixAddress {
  readonly path: string;
}

export type SocketAddress = InternetAddress | UnixAddress;

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;

// struct sockaddr_un on Linux: a family and 108 bytes of path, the last of which is 0.
const PATH_OFFSET = 2;
const MOST_PATH_BYTES = 107;
const IN_BYTES = 16;
const IN6_BYTES = 28;
const MOST_SCOPE = 2 ** 32 - 1;

/** The family of an address: `AF_INET`, `AF_INET6` or `AF_UNIX`. */
export function familyOf(address: SocketAddress): number {
  if ('path' in address) return AF_UNIX;
  return isIP(address.host) === 6 ? AF_INET6 : AF_INET;
}

/**
 * An address as the kernel wants it (`struct sockaddr_in`, `sockaddr_in6`, `sockaddr_un`).
 *
 * @throws {UsageError} when the host is no numeric address, the port no port, or the path too long.
 */
export function encodeAddress(address: SocketAddress): Buffer {
  if ('path' in address) return encodePath(address.path);
  const { host, port } = address;
  checkPort(port);
  if (isIP(host) === 0) throw new UsageError(`expected an IP address, got ${JSON.stringify(host)}`);
  const family = familyOf(address);
  const bytes = Buffer.alloc(family === AF_INET ? IN_BYTES : IN6_BYTES);
  const [number = '', zone] = host.split('%', 2);
  const binary = Buffer.alloc(16);
  libc().inet_pton(family, number, binary);
  writeFamily(bytes, family);
  bytes.writeUInt16BE(port, 2);
  if (family === AF_INET) {
    binary.copy(bytes, 4, 0, 4);
  } else {
    binary.copy(bytes, 8);
    if (zone !== undefined) writeHostOrder32(bytes, 24, scopeOf(zone));
  }
  return bytes;
}

/** The address in what the kernel wrote. A Unix socket without a name has an empty path. */
export function decodeAddress(bytes: Buffer, length: number): SocketAddress {
  const family = new Uint16Array(bytes.buffer, bytes.byteOffset, 1)[0];
  if (family === AF_INET) {
    return { host: [...bytes.subarray(4, 8)].join('.'), port: bytes.readUInt16BE(2) };
  }
  if (family === AF_INET6) {
    const host = formatIPv6(bytes.subarray(8, 24));
    const scope = new Uint32Array(bytes.buffer, bytes.byteOffset + 24, 1)[0] ?? 0;
    return { host: scope === 0 ? host : `${host}%${scope}`, port: bytes.readUInt16BE(2) };
  }
  const path = bytes.subarray(PATH_OFFSET, Math.max(PATH_OFFSET, length));
  const end = path.indexOf(0);
  return { path: path.toString('utf8', 0, end === -1 ? path.length : end) };
}

// As RFC 5952 has it: the short way, which the URL parser knows, and IPv4 addresses among them with dots (section 5).
function formatIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    bytes.readUInt16BE(2 * index).toString(16),
  );
  const text = groups.join(':');
  if (text.startsWith('0:0:0:0:0:ffff:')) return `::ffff:${bytes.subarray(12).join('.')}`;
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

/** An address as people write it. */
export function formatAddress(address: SocketAddress): string {
  if ('path' in address) return address.path;
  return address.host.includes(':')
    ? `[${address.host}]:${address.port}`
    : `${address.host}:${address.port}`;
}

/** @throws {UsageError} when it is no port. */
export function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw new UsageError(`expected a port from 0 to 65535, got ${port}`);
}

/** @throws {UsageError} when there can be no Unix socket of that path. */
export function checkPath(path: string): void {
  const length = Buffer.byteLength(path);
  if (length > 0 && length <= MOST_PATH_BYTES && !path.includes('\0')) return;
  throw new UsageError(
    `expected a path of 1 to ${MOST_PATH_BYTES} bytes for a Unix socket, got ${JSON.stringify(path)}`,
  );
}

function encodePath(path: string): Buffer {
  checkPath(path);
  const length = Buffer.byteLength(path);
  const bytes = Buffer.alloc(PATH_OFFSET + length + 1);
  writeFamily(bytes, AF_UNIX);
  bytes.write(path, PATH_OFFSET);
  return bytes;
}

// Families and scopes are in the byte order of the processor, ports and addresses in that of the network.
function writeFamily(bytes: Buffer, family: number): void {
  new Uint16Array(bytes.buffer, bytes.byteOffset, 1)[0] = family;
}

function writeHostOrder32(bytes: Buffer, offset: number, value: number): void {
  new Uint32Array(bytes.buffer, bytes.byteOffset + offset, 1)[0] = value;
}

function scopeOf(zone: string): number {
  const index = /^\d+$/.test(zone) ? Number(zone) : libc().if_nametoindex(zone);
  if (index > 0 && index <= MOST_SCOPE) return index;
  throw new UsageError(`there is no network interface ${JSON.stringify(zone)}`);
}
