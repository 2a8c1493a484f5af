import { readFileSync } from 'node:fs';
import { formatCount } from '../core/format-units.js';
import { openFilesLimit } from '../core/open-files-limit.js';

/** How many connections this process can have open at once, and what sets the limit. */
export interface ConnectionLimit {
  readonly connections: number;
  readonly setBy: 'open files' | 'local ports';
}

// Beside the connections: the standard streams, libuv's own, loaded modules, the pipes of worker threads.
const FILES_KEPT_FREE = 100;
// RFC 6335 section 6: 49152 to 65535, which systems use that do not say otherwise.
const DYNAMIC_PORTS = 16_384;
// Near the end of the range the kernel searches long for a free port: a connect takes 30 times as long.
const USABLE_SHARE_OF_PORTS = 0.9;

/**
 * The most connections to one server that this process can hold: each takes a file descriptor and, since address and
 * port of the server are the same for all, a local port of its own.
 */
export function connectionLimit(): ConnectionLimit {
  const files = Math.max(openFilesLimit() - FILES_KEPT_FREE, 1);
  const ports = Math.floor(localPorts() * USABLE_SHARE_OF_PORTS);
  return files <= ports
    ? { connections: files, setBy: 'open files' }
    : { connections: ports, setBy: 'local ports' };
}

/** Tells that fewer calls at once are made than were asked for, and why. */
export function fewerAtOnce(wanted: number, { connections, setBy }: ConnectionLimit): string {
  const because =
    setBy === 'open files'
      ? 'the limit on open files of this process allows no more (ulimit -n shows it)'
      : 'there are no more local ports to connect from';
  return `${formatCount(wanted)} calls at once were asked for, ${formatCount(connections)} are made at once: ${because}.`;
}

function localPorts(): number {
  try {
    const text = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
    const [first = Number.NaN, last = Number.NaN] = text.trim().split(/\s+/).map(Number);
    return last >= first ? last - first + 1 : DYNAMIC_PORTS;
  } catch {
    return DYNAMIC_PORTS;
  }
}
