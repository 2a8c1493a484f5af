import { CLOEXEC } from '../system/descriptor-flags.js';
import type { Milliseconds } from '../../core/units.js';
import type { EventLoop } from '../event-loop.js';
import type { Handle } from '../handle.js';
import { constants } from 'node:os';
import { EMFILE, ENFILE, ENOBUFS, ENOMEM } from '../system/errno.js';
import { libc } from '../system/libc.js';
import { acceptConnection, AGAIN, closeDescriptor } from '../system/sockets.js';
import { SystemError } from '../system/system-error.js';

// Accepting one by one would cost a pass each; accepting without end would keep everything else waiting.
const MOST_A_PASS = 64;
const BACK_OFF_MS: Milliseconds = 100;
const SCARCE: ReadonlySet<number> = new Set([-EMFILE, -ENFILE, -ENOBUFS, -ENOMEM]);
// Linux tells here of what went wrong on the network with a connection that is thereby gone (accept(2)).
const { errno } = constants;
const OF_ONE_CONNECTION: ReadonlySet<number> = new Set(
  [
    errno.EINTR,
    errno.ECONNABORTED,
    errno.EPROTO,
    errno.ENOPROTOOPT,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.EOPNOTSUPP,
    errno.EPERM,
  ].map((number) => -number),
);

/**
 * Takes connections from a listening socket. When there is no descriptor left, a spare one is given up for a moment, with
 * which a waiting connection is accepted and closed: its client is refused at once, and the loop, to which the listening
 * socket would be ready in every pass, does not spin. Where that does not help either, it tries again 100 ms later.
 */
export class Acceptor {
  /** Connections that were refused. */
  refused = 0;
  readonly #loop: EventLoop;
  readonly #fd: number;
  readonly #accepted: (fd: number) => void;
  #spare: number | undefined;
  #undo: Handle | undefined;

  constructor(loop: EventLoop, fd: number, accepted: (fd: number) => void) {
    this.#loop = loop;
    this.#fd = fd;
    this.#accepted = accepted;
    this.#listen();
  }

  /** To be called once: afterwards the number may be another's. */
  close(): void {
    this.#undo?.cancel();
    closeDescriptor(this.#fd);
    if (this.#spare !== undefined) closeDescriptor(this.#spare);
    this.#spare = undefined;
  }

  readonly #listen = (): void => {
    this.#spare ??= openSpare();
    this.#undo = this.#loop.addReader(this.#fd, this.#accept);
  };

  readonly #accept = (): void => {
    for (let count = 0; count < MOST_A_PASS; count += 1) {
      const accepted = acceptConnection(this.#fd);
      if (accepted >= 0) {
        this.#accepted(accepted);
      } else if (SCARCE.has(accepted)) {
        if (!this.#refuseOne()) return;
      } else if (accepted === AGAIN) {
        return;
      } else if (!OF_ONE_CONNECTION.has(accepted)) {
        throw new SystemError('accept', -accepted);
      }
    }
  };

  #refuseOne(): boolean {
    if (this.#spare !== undefined) closeDescriptor(this.#spare);
    const refused = acceptConnection(this.#fd);
    if (refused >= 0) {
      closeDescriptor(refused);
      this.refused += 1;
    }
    this.#spare = openSpare();
    if (refused >= 0 || refused === AGAIN) return refused >= 0;
    this.#undo?.cancel();
    this.#undo = this.#loop.callLater(BACK_OFF_MS, this.#listen);
    return false;
  }
}

// Not by Node, which closes at the end of a thread what it opened there and somebody else closed.
function openSpare(): number | undefined {
  const fd = libc().eventfd(0, CLOEXEC);
  return fd < 0 ? undefined : fd;
}
