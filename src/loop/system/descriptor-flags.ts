// Linux gives sockets, pipes, timers, events and epoll instances these flags under many names and the same numbers
// (asm-generic/fcntl.h, which x64 and arm64 share).

/** Calls answer `EAGAIN` instead of waiting. */
export const NONBLOCK = 0o4000;
/** A program that is started does not have the descriptor. */
export const CLOEXEC = 0o2000000;
export const NONBLOCK_CLOEXEC: number = NONBLOCK | CLOEXEC;
