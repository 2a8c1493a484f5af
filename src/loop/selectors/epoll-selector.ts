import { CLOEXEC, NONBLOCK_CLOEXEC } from '../system/descriptor-flags.js';
import { monotonicNow } from '../../core/clock.js';
import type { Milliseconds } from '../../core/units.js';
import { EEXIST, EINTR, ENOENT, EPERM } from '../system/errno.js';
import { loadKoffi } from '../system/koffi.js';
import { libc, type Libc } from '../system/libc.js';
import { succeeded, SystemError } from '../system/system-error.js';
import { writeTimespec } from '../system/timespec.js';
import { epollLayout } from './epoll-layout.js';
import { READ, refuseClosed, WRITE, type Attachment, type Selector } from './selector.js';

const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;
const EPOLLIN = 0x1;
const EPOLLOUT = 0x4;
const EPOLLERR = 0x8;
const EPOLLHUP = 0x10;

const CLOCK_MONOTONIC = 1;
// What the kernel and V8 round, together, to either side.
const SAME_DEADLINE_MS = 0.01;
const MOST_EVENTS = 1024;

const { words: WORDS, data: DATA } = epollLayout(process.arch);

/**
 * epoll, Linux's own. A timer descriptor among the watched ones ends the wait: `epoll_wait` alone counts in whole
 * milliseconds, and a descriptor works as well when it is Node's loop that waits.
 */
export class EpollSelector implements Selector {
  readonly name = 'epoll';
  readonly #libc: Libc = libc();
  readonly #events = new Uint32Array(MOST_EVENTS * WORDS);
  readonly #event = new Uint32Array(WORDS);
  readonly #interests: number[] = [];
  readonly #epfd: number;
  readonly #timer: TimerDescriptor;
  #timerRang = false;
  #detach: (() => void) | undefined;
  #isClosed = false;

  /** @throws {UnavailableError | SystemError} when epoll or timer descriptors cannot be had here. */
  constructor() {
    this.#epfd = succeeded(this.#libc.epoll_create1(CLOEXEC), 'epoll_create1');
    try {
      this.#timer = new TimerDescriptor(this.#libc);
    } catch (error) {
      this.#libc.close(this.#epfd);
      throw error;
    }
    this.#control(EPOLL_CTL_ADD, this.#timer.fd, READ);
  }

  watch(fd: number, interest: number): void {
    if (this.#isClosed) {
      if (interest === 0) return;
      refuseClosed();
    }
    const before = this.#interests[fd] ?? 0;
    if (interest === before) return;
    this.#interests[fd] = interest;
    if (interest === 0) {
      // A descriptor that is closed already has left by itself.
      this.#control(EPOLL_CTL_DEL, fd, 0);
      return;
    }
    // What is known of a descriptor is wrong when it was closed, and perhaps opened anew, without a word to us.
    const operation = before === 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    let result = this.#control(operation, fd, interest);
    if (result === -EEXIST) result = this.#control(EPOLL_CTL_MOD, fd, interest);
    if (result === -ENOENT) result = this.#control(EPOLL_CTL_ADD, fd, interest);
    if (result < 0) {
      this.#interests[fd] = 0;
      // Nothing more is asked for than before, of what is closed: it has left by itself.
      if ((interest & ~before) === 0) return;
    }
    if (result === -EPERM) {
      throw new SystemError('epoll_ctl', EPERM, 'of a plain file, which is always ready');
    }
    succeeded(result, 'epoll_ctl');
  }

  select(timeoutMs: Milliseconds): number {
    if (this.#isClosed) refuseClosed();
    if (this.#timerRang) this.#timer.quiet();
    this.#timerRang = false;
    if (timeoutMs > 0) this.#timer.arm(timeoutMs);
    const count = this.#libc.epoll_wait(
      this.#epfd,
      this.#events,
      MOST_EVENTS,
      timeoutMs > 0 ? -1 : 0,
    );
    return count === -EINTR ? 0 : this.#withoutTimer(succeeded(count, 'epoll_wait'));
  }

  fd(index: number): number {
    return this.#events[index * WORDS + DATA] ?? -1;
  }

  readiness(index: number): number {
    const events = this.#events[index * WORDS] ?? 0;
    const over = (events & (EPOLLERR | EPOLLHUP)) !== 0;
    return (over || events & EPOLLIN ? READ : 0) + (over || events & EPOLLOUT ? WRITE : 0);
  }

  attach(wake: () => void): Attachment {
    if (this.#isClosed) refuseClosed();
    const poll = loadKoffi().node.poll(this.#epfd, { readable: true }, wake);
    const detach = (): void => {
      if (this.#detach !== detach) return;
      this.#detach = undefined;
      poll.stop();
      poll.close();
    };
    this.#detach = detach;
    return {
      sleep: (timeoutMs, isAlive) => {
        if (this.#isClosed) return;
        if (this.#timerRang) this.#timer.quiet();
        this.#timerRang = false;
        this.#timer.arm(timeoutMs);
        if (isAlive) poll.ref();
        else poll.unref();
      },
      detach,
    };
  }

  close(): void {
    // The numbers may soon stand for somebody else's descriptors.
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#detach?.();
    this.#timer.close();
    this.#libc.close(this.#epfd);
  }

  #control(operation: number, fd: number, interest: number): number {
    this.#event[0] = (interest & READ ? EPOLLIN : 0) | (interest & WRITE ? EPOLLOUT : 0);
    this.#event[DATA] = fd;
    return this.#libc.epoll_ctl(this.#epfd, operation, fd, this.#event);
  }

  // The last event takes the place of the timer's; readiness has no order.
  #withoutTimer(count: number): number {
    for (let index = 0; index < count; index += 1) {
      if (this.#events[index * WORDS + DATA] !== this.#timer.fd) continue;
      this.#timerRang = true;
      const last = (count - 1) * WORDS;
      this.#events.copyWithin(index * WORDS, last, last + WORDS);
      return count - 1;
    }
    return count;
  }
}

/** A descriptor that becomes readable at a time. */
class TimerDescriptor {
  readonly fd: number;
  readonly #libc: Libc;
  // struct itimerspec: interval and value, each seconds and nanoseconds.
  readonly #value = new BigInt64Array(4);
  readonly #expirations = new BigUint64Array(1);
  #deadlineMs = Infinity;

  constructor(system: Libc) {
    this.#libc = system;
    this.fd = succeeded(system.timerfd_create(CLOCK_MONOTONIC, NONBLOCK_CLOEXEC), 'timerfd_create');
  }

  arm(timeoutMs: Milliseconds): void {
    const deadlineMs = timeoutMs === Infinity ? Infinity : monotonicNow() + timeoutMs;
    if (deadlineMs === this.#deadlineMs) return;
    if (Math.abs(deadlineMs - this.#deadlineMs) < SAME_DEADLINE_MS) return;
    this.#deadlineMs = deadlineMs;
    // Zero switches it off.
    writeTimespec(this.#value, 2, timeoutMs === Infinity ? 0 : Math.max(1e-6, timeoutMs));
    succeeded(this.#libc.timerfd_settime(this.fd, 0, this.#value, null), 'timerfd_settime');
  }

  /** Makes it unreadable after it rang. */
  quiet(): void {
    this.#libc.read(this.fd, this.#expirations, 8);
    this.#deadlineMs = Infinity;
  }

  close(): void {
    this.#libc.close(this.fd);
  }
}
