import { readFileSync } from 'node:fs';
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
  const files = freeDescriptors();
  const ports = Math.floor(localPorts() * USABLE_SHARE_OF_PORTS);
  return files <= ports
    ? { connections: files, setBy: 'open files' }
    : { connections: ports, setBy: 'local ports' };
}

/** How many descriptors (files, connections, pipes) this process can open beside those that it has anyway. */
export function freeDescriptors(): number {
  return Math.max(openFilesLimit() - FILES_KEPT_FREE, 1);
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
