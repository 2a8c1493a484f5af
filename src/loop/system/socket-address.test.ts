import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/errors.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  decodeAddress,
  encodeAddress,
  familyOf,
  formatAddress,
  type SocketAddress,
} from './socket-address.js';

const LOOPBACK_INDEX = 1;

const ports = fc.integer({ min: 0, max: 65_535 });

function again(address: SocketAddress): SocketAddress {
  const bytes = encodeAddress(address);
  return decodeAddress(bytes, bytes.length);
}

describe('the address of a socket', () => {
  it('comes back from the form of the kernel: IPv4', () => {
    fc.assert(
      fc.property(fc.ipV4(), ports, (host, port) => {
        expect(again({ host, port })).toEqual({ host, port });
      }),
    );
  });

  it('comes back from the form of the kernel: IPv6, the same bytes in whatever way it was written', () => {
    fc.assert(
      fc.property(fc.ipV6(), ports, (host, port) => {
        const short = again({ host, port });
        expect(encodeAddress(short)).toEqual(encodeAddress({ host, port }));
        expect(again(short)).toEqual(short);
      }),
    );
  });

  it('comes back from the form of the kernel: the path of a Unix socket', () => {
    const paths = fc
      .string({ minLength: 1, maxLength: 107, unit: 'grapheme' })
      .filter((path) => Buffer.byteLength(path) <= 107 && !path.includes('\0'));
    fc.assert(
      fc.property(paths, (path) => {
        expect(again({ path })).toEqual({ path });
      }),
    );
  });

  it.each([
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ])('is written the short way, as RFC 5952 has it: %s', (long, short) => {
    expect(again({ host: long, port: 1 })).toEqual({ host: short, port: 1 });
  });

  it('keeps the zone of an IPv6 address, given as a name or a number', () => {
    const host = `fe80::1%${LOOPBACK_INDEX}`;
    expect(again({ host: 'fe80::1%lo', port: 1 })).toEqual({ host, port: 1 });
    expect(again({ host, port: 1 })).toEqual({ host, port: 1 });
    expect(formatAddress({ host, port: 80 })).toBe('[fe80::1%1]:80');
  });

  it('has a family', () => {
    const addresses = [{ host: '127.0.0.1', port: 1 }, { host: '::1', port: 1 }, { path: 'p' }];
    expect(addresses.map(familyOf)).toEqual([AF_INET, AF_INET6, AF_UNIX]);
  });

  it('of a Unix socket without a name is an empty path', () => {
    const bytes = encodeAddress({ path: 'left over' });
    expect(decodeAddress(bytes, 2)).toEqual({ path: '' });
  });

  it.each([
    [{ host: '127.0.0.1', port: 80 }, '127.0.0.1:80'],
    [{ host: '::1', port: 80 }, '[::1]:80'],
    [{ path: '/tmp/s' }, '/tmp/s'],
  ])('is written as people write it: %o', (address, text) => {
    expect(formatAddress(address)).toBe(text);
  });

  it.each([
    [{ host: '127.0.0.1', port: -1 }, 'expected a port from 0 to 65535, got -1'],
    [{ host: '127.0.0.1', port: 65_536 }, 'expected a port from 0 to 65535, got 65536'],
    [{ host: '127.0.0.1', port: Number.NaN }, 'expected a port from 0 to 65535, got NaN'],
    [{ host: 'localhost', port: 1 }, 'expected an IP address, got "localhost"'],
    [{ host: '', port: 1 }, 'expected an IP address, got ""'],
    [{ host: 'fe80::1%nowhere', port: 1 }, 'there is no network interface "nowhere"'],
    [{ host: 'fe80::1%4294967296', port: 1 }, 'there is no network interface "4294967296"'],
    [{ path: '' }, 'expected a path of 1 to 107 bytes for a Unix socket, got ""'],
    [
      { path: 'a\0b' },
      String.raw`expected a path of 1 to 107 bytes for a Unix socket, got "a\u0000b"`,
    ],
  ])('is refused when it is none: %o', (address, sentence) => {
    expect(() => encodeAddress(address), inspect(address)).toThrow(new UsageError(sentence));
  });

  it('is refused when the path has more bytes than the kernel takes, and taken with one less', () => {
    expect(() => encodeAddress({ path: 'ü'.repeat(54) })).toThrow(UsageError);
    expect(again({ path: `${'ü'.repeat(53)}p` })).toEqual({ path: `${'ü'.repeat(53)}p` });
  });
});
