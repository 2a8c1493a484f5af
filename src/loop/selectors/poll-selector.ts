import { fstatSync } from 'node:fs';
import type { Milliseconds } from '../../core/units.js';
import { EBADF, EINTR, EPERM } from '../system/errno.js';
import { libc, type Libc } from '../system/libc.js';
import { succeeded, SystemError } from '../system/system-error.js';
import { writeTimespec } from '../system/timespec.js';
import { NodeWatches } from './node-watches.js';
import { READ, refuseClosed, WRITE, type Attachment, type Selector } from './selector.js';

const POLLIN = 0x1;
const POLLOUT = 0x4;
const POLLERR = 0x8;
const POLLHUP = 0x10;
const POLLNVAL = 0x20;

// struct pollfd: int fd, short events, short revents; the two shorts are handled as one word.
const WORDS = 2;
const FEWEST_ENTRIES = 64;
const LITTLE_ENDIAN_REVENTS = 16;

/**
 * `poll(2)`, which every Unix has. The kernel looks through all descriptors at each call, so it is for few of them; it
 * needs no descriptor of its own.
 */
export class PollSelector implements Selector {
  readonly name = 'poll';
  readonly #libc: Libc = libc();
  readonly #positions = new Map<number, number>();
  readonly #timeout = new BigInt64Array(2);
  readonly #ready: number[] = [];
  #entries = new Int32Array(FEWEST_ENTRIES * WORDS);
  #nodes: NodeWatches | undefined;
  #isClosed = false;

  watch(fd: number, interest: number): void {
    const position = this.#positions.get(fd);
    if (interest !== 0) {
      if (this.#isClosed) refuseClosed();
      if (position === undefined) refuseUnwatchable(fd);
    }
    this.#nodes?.watch(fd, interest);
    if (interest === 0) {
      if (position !== undefined) this.#remove(fd, position);
    } else if (position === undefined) {
      this.#add(fd, interest);
    } else {
      this.#entries[position * WORDS + 1] = toEvents(interest);
    }
  }

  select(timeoutMs: Milliseconds): number {
    if (this.#isClosed) refuseClosed();
    const count = this.#libc.ppoll(
      this.#entries,
      this.#positions.size,
      this.#timespec(timeoutMs),
      null,
    );
    this.#ready.length = 0;
    if (count === -EINTR) return 0;
    succeeded(count, 'ppoll');
    const end = this.#positions.size * WORDS;
    for (let at = 1; at < end && this.#ready.length < count; at += WORDS) {
      const entry = this.#entries[at] ?? 0;
      if (entry >> LITTLE_ENDIAN_REVENTS === 0) continue;
      this.#ready.push(at);
    }
    return this.#ready.length;
  }

  fd(index: number): number {
    return this.#entries[(this.#ready[index] ?? 1) - 1] ?? -1;
  }

  readiness(index: number): number {
    const events = (this.#entries[this.#ready[index] ?? 1] ?? 0) >> LITTLE_ENDIAN_REVENTS;
    const over = (events & (POLLERR | POLLHUP | POLLNVAL)) !== 0;
    return (over || events & POLLIN ? READ : 0) + (over || events & POLLOUT ? WRITE : 0);
  }

  attach(wake: () => void): Attachment {
    if (this.#isClosed) refuseClosed();
    const nodes = new NodeWatches(wake);
    this.#nodes = nodes;
    for (const [fd, position] of this.#positions) {
      nodes.watch(fd, toInterest(this.#entries[position * WORDS + 1] ?? 0));
    }
    return {
      sleep: (timeoutMs, isAlive) => nodes.sleep(timeoutMs, isAlive),
      detach: () => {
        nodes.close();
        this.#nodes = undefined;
      },
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#nodes?.close();
    this.#positions.clear();
  }

  #timespec(timeoutMs: Milliseconds): BigInt64Array | null {
    if (timeoutMs === Infinity) return null;
    writeTimespec(this.#timeout, 0, timeoutMs);
    return this.#timeout;
  }

  #add(fd: number, interest: number): void {
    const position = this.#positions.size;
    if ((position + 1) * WORDS > this.#entries.length) {
      const larger = new Int32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    this.#positions.set(fd, position);
    this.#entries[position * WORDS] = fd;
    this.#entries[position * WORDS + 1] = toEvents(interest);
  }

  // The last entry takes the place of the one that goes.
  #remove(fd: number, position: number): void {
    const last = this.#positions.size - 1;
    const lastFd = this.#entries[last * WORDS] ?? -1;
    this.#entries.copyWithin(position * WORDS, last * WORDS, (last + 1) * WORDS);
    this.#positions.set(lastFd, position);
    this.#positions.delete(fd);
  }
}

// poll takes any descriptor, calls a plain file ready for ever, and tells of a closed one only in each answer.
function refuseUnwatchable(fd: number): void {
  let isFile: boolean;
  try {
    isFile = fstatSync(fd).isFile();
  } catch {
    throw new SystemError('poll', EBADF);
  }
  if (isFile) throw new SystemError('poll', EPERM, 'of a plain file, which is always ready');
}

function toEvents(interest: number): number {
  return (interest & READ ? POLLIN : 0) | (interest & WRITE ? POLLOUT : 0);
}

function toInterest(events: number): number {
  return (events & POLLIN ? READ : 0) | (events & POLLOUT ? WRITE : 0);
}
