import { messageOf, UnavailableError } from '../../core/errors.js';
import { loadKoffi, type Koffi } from './koffi.js';

/** Bytes that the operating system reads or fills; they need to stay where they are only during the call. */
type Memory = ArrayBufferView;

/**
 * The functions of the C library that the event loop is made of. Each answers as the C function does, but a failure is the
 * negative of the error's number (`-EAGAIN`) in place of -1.
 */
export interface Libc {
  close(fd: number): number;
  read(fd: number, memory: Memory, length: number): number;
  write(fd: number, memory: Memory, length: number): number;
  fcntl(fd: number, command: number, argument: number): number;
  pipe2(fds: Memory, flags: number): number;
  eventfd(initial: number, flags: number): number;

  epoll_create1(flags: number): number;
  epoll_ctl(epfd: number, operation: number, fd: number, event: Memory): number;
  epoll_wait(epfd: number, events: Memory, most: number, timeoutMs: number): number;
  timerfd_create(clock: number, flags: number): number;
  timerfd_settime(fd: number, flags: number, value: Memory, old: null): number;
  ppoll(fds: Memory, count: number, timeout: Memory | null, mask: null): number;

  socket(family: number, type: number, protocol: number): number;
  connect(fd: number, address: Memory, length: number): number;
  bind(fd: number, address: Memory, length: number): number;
  listen(fd: number, backlog: number): number;
  accept4(fd: number, address: null, length: null, flags: number): number;
  recv(fd: number, memory: Memory, length: number, flags: number): number;
  send(fd: number, memory: Memory, length: number, flags: number): number;
  shutdown(fd: number, how: number): number;
  getsockname(fd: number, address: Memory, length: Memory): number;
  getpeername(fd: number, address: Memory, length: Memory): number;
  getsockopt(fd: number, level: number, name: number, value: Memory, length: Memory): number;
  setsockopt(fd: number, level: number, name: number, value: Memory, length: number): number;
  inet_pton(family: number, text: string, address: Memory): number;
  if_nametoindex(name: string): number;

  access(path: string, mode: number): number;
  kill(pid: number, signal: number): number;
  waitid(type: number, id: number, info: Memory, options: number): number;
  pidfd_open(systemCall: number, pid: number, flags: number): number;
  pidfd_send_signal(
    systemCall: number,
    pidfd: number,
    signal: number,
    info: null,
    flags: number,
  ): number;
  // These answer with the error's number itself, as POSIX has it.
  posix_spawn(
    pid: Memory,
    file: string,
    actions: Memory,
    attributes: Memory,
    words: CStrings,
    environment: CStrings,
  ): number;
  posix_spawn_file_actions_init(actions: Memory): number;
  posix_spawn_file_actions_destroy(actions: Memory): number;
  posix_spawn_file_actions_adddup2(actions: Memory, from: number, to: number): number;
  posix_spawn_file_actions_addopen(
    actions: Memory,
    fd: number,
    path: string,
    flags: number,
    mode: number,
  ): number;
  posix_spawn_file_actions_addchdir_np(actions: Memory, path: string): number;
  posix_spawnattr_init(attributes: Memory): number;
  posix_spawnattr_destroy(attributes: Memory): number;
  posix_spawnattr_setflags(attributes: Memory, flags: number): number;
  posix_spawnattr_setsigdefault(attributes: Memory, signals: Memory): number;
  posix_spawnattr_setsigmask(attributes: Memory, signals: Memory): number;
}

/** Strings for C; `null` ends them. */
export type CStrings = readonly (string | null)[];

// What koffi is told of each function. The types are those of the C headers; `int` stands for ssize_t, whose values here
// all fit, because it is the cheaper of the two to hand over.
const DECLARATIONS: Readonly<Record<keyof Libc, string>> = {
  close: 'int close(int)',
  read: 'int read(int, void *, size_t)',
  write: 'int write(int, void *, size_t)',
  fcntl: 'int fcntl(int, int, int)',
  pipe2: 'int pipe2(void *, int)',
  eventfd: 'int eventfd(unsigned int, int)',
  epoll_create1: 'int epoll_create1(int)',
  epoll_ctl: 'int epoll_ctl(int, int, int, void *)',
  epoll_wait: 'int epoll_wait(int, void *, int, int)',
  timerfd_create: 'int timerfd_create(int, int)',
  timerfd_settime: 'int timerfd_settime(int, int, void *, void *)',
  ppoll: 'int ppoll(void *, unsigned long, void *, void *)',
  socket: 'int socket(int, int, int)',
  connect: 'int connect(int, void *, unsigned int)',
  bind: 'int bind(int, void *, unsigned int)',
  listen: 'int listen(int, int)',
  accept4: 'int accept4(int, void *, void *, int)',
  recv: 'int recv(int, void *, size_t, int)',
  send: 'int send(int, void *, size_t, int)',
  shutdown: 'int shutdown(int, int)',
  getsockname: 'int getsockname(int, void *, void *)',
  getpeername: 'int getpeername(int, void *, void *)',
  getsockopt: 'int getsockopt(int, int, int, void *, void *)',
  setsockopt: 'int setsockopt(int, int, int, void *, unsigned int)',
  inet_pton: 'int inet_pton(int, const char *, void *)',
  if_nametoindex: 'unsigned int if_nametoindex(const char *)',
  access: 'int access(const char *, int)',
  kill: 'int kill(int, int)',
  waitid: 'int waitid(int, unsigned int, void *, int)',
  // glibc before 2.36 and musl have no functions for these two; both take words where the variadic declaration has dots.
  pidfd_open: 'long syscall(long, int, unsigned int)',
  pidfd_send_signal: 'long syscall(long, int, int, void *, unsigned int)',
  posix_spawn:
    'int posix_spawn(void *, const char *, void *, void *, const char **, const char **)',
  posix_spawn_file_actions_init: 'int posix_spawn_file_actions_init(void *)',
  posix_spawn_file_actions_destroy: 'int posix_spawn_file_actions_destroy(void *)',
  posix_spawn_file_actions_adddup2: 'int posix_spawn_file_actions_adddup2(void *, int, int)',
  posix_spawn_file_actions_addopen:
    'int posix_spawn_file_actions_addopen(void *, int, const char *, int, unsigned int)',
  posix_spawn_file_actions_addchdir_np:
    'int posix_spawn_file_actions_addchdir_np(void *, const char *)',
  posix_spawnattr_init: 'int posix_spawnattr_init(void *)',
  posix_spawnattr_destroy: 'int posix_spawnattr_destroy(void *)',
  posix_spawnattr_setflags: 'int posix_spawnattr_setflags(void *, short)',
  posix_spawnattr_setsigdefault: 'int posix_spawnattr_setsigdefault(void *, void *)',
  posix_spawnattr_setsigmask: 'int posix_spawnattr_setsigmask(void *, void *)',
};

// What not every C library has: glibc since 2.29, musl since 1.1.24.
const OPTIONAL: ReadonlySet<string> = new Set(['posix_spawn_file_actions_addchdir_np']);

let loaded: Libc | undefined;
let refusal: string | undefined;

/**
 * The C library of this process.
 *
 * @throws {UnavailableError} when it cannot be reached; `whyNoLibc` has the reason beforehand.
 */
export function libc(): Libc {
  const why = whyNoLibc();
  if (loaded === undefined) throw new UnavailableError(why ?? 'the C library cannot be reached');
  return loaded;
}

/** Why the C library cannot be reached from here, or `undefined` when it can. */
export function whyNoLibc(): string | undefined {
  if (loaded !== undefined || refusal !== undefined) return refusal;
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    refusal = `it needs Linux on x64 or arm64, and this is ${process.platform} on ${process.arch}`;
    return refusal;
  }
  try {
    loaded = load(loadKoffi());
  } catch (error) {
    refusal = `it reaches the operating system through the package koffi, which cannot be loaded (${firstLine(error)})`;
  }
  return refusal;
}

function load(koffi: Koffi): Libc {
  const library = koffi.load(null);
  const functions = Object.entries(DECLARATIONS).map(([name, declaration]) => [
    name,
    withErrno(find(library, name, declaration), koffi),
  ]);
  return Object.fromEntries(functions);
}

function find(library: Library, name: string, declaration: string): SystemCall {
  try {
    return library.func(declaration);
  } catch (error) {
    if (!OPTIONAL.has(name)) throw error;
    return () => {
      throw new UnavailableError(`the C library here is too old: it has no ${name}`);
    };
  }
}

type Library = ReturnType<Koffi['load']>;
type SystemCall = (...words: unknown[]) => number;

// `errno` is read at once: the next call, ours or Node's, may change it.
function withErrno(raw: SystemCall, koffi: Koffi): SystemCall {
  return (...words) => {
    const result = raw(...words);
    return result < 0 ? -koffi.errno() : result;
  };
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? '';
}
