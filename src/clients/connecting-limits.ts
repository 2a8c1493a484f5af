import type { Milliseconds } from '../core/units.js';

/**
 * Connections that are set up at a time. A listening socket holds as many unaccepted ones as its backlog (often 511, at most
 * somaxconn = 4096 on Linux) and drops what comes beyond, which costs the client a second until it tries again.
 */
export const MAX_CONNECTING = 256;

/** How long the addresses of a name are remembered: a process that lives long should notice when a name moves. */
export const ADDRESSES_KEPT_MS: Milliseconds = 60_000;
