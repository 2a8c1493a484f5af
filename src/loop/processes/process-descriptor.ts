import { UnavailableError } from '../../core/errors.js';
import { ECHILD, EMFILE, ENFILE, ENOMEM, ESRCH } from '../system/errno.js';
import { libc } from '../system/libc.js';
import { closeDescriptor } from '../system/sockets.js';
import { succeeded, SystemError } from '../system/system-error.js';
import { decodeStatus, SIGNAL_INFO_BYTES, type ExitStatus } from './exit-status.js';

// The same numbers on every processor (asm-generic/unistd.h), like all system calls of that age.
const PIDFD_SEND_SIGNAL = 424;
const PIDFD_OPEN = 434;
const P_PID = 1;
const P_PIDFD = 3;
const WNOHANG = 1;
const WEXITED = 4;
const SIGKILL = 9;
const SCARCE: ReadonlySet<number> = new Set([EMFILE, ENFILE, ENOMEM]);

/**
 * A descriptor that stands for one child process (pidfd_open(2)). It is readable once the process has ended. A signal sent
 * through it reaches that process or nobody, whoever gets its number next.
 */
export class ProcessDescriptor {
  readonly pid: number;
  readonly fd: number;

  /**
   * Takes over a child that nobody has waited for.
   *
   * @throws {SystemError} when there is no descriptor left; the child is killed and reaped then.
   */
  constructor(pid: number) {
    this.pid = pid;
    const fd = libc().pidfd_open(PIDFD_OPEN, pid, 0);
    if (fd < 0) killAndReap(pid);
    this.fd = succeeded(fd, 'pidfd_open');
  }

  /** Sends a signal. Returns false when the process is gone. Throws `SystemError`. */
  signal(number: number): boolean {
    const result = libc().pidfd_send_signal(PIDFD_SEND_SIGNAL, this.fd, number, null, 0);
    return result === -ESRCH ? false : succeeded(result, 'pidfd_send_signal') === 0;
  }

  /** Sends a signal to the group that the process leads, which must not have been reaped yet: its number is safe till then. */
  signalGroup(number: number): boolean {
    const result = libc().kill(-this.pid, number);
    return result === -ESRCH ? false : succeeded(result, 'kill') === 0;
  }

  /** How the process ended, after which nothing is left of it; `undefined` while it runs. Throws `SystemError`. */
  reap(): ExitStatus | undefined {
    const info = new Int32Array(SIGNAL_INFO_BYTES / 4);
    succeeded(libc().waitid(P_PIDFD, this.fd, info, WEXITED | WNOHANG), 'waitid');
    return decodeStatus(info);
  }

  /** Kills and reaps the process, waiting for it, and closes the descriptor. */
  endAtOnce(): void {
    killAndReap(this.pid);
    this.close();
  }

  close(): void {
    closeDescriptor(this.fd);
  }
}

function killAndReap(pid: number): void {
  libc().kill(pid, SIGKILL);
  libc().waitid(P_PID, pid, new Int32Array(SIGNAL_INFO_BYTES / 4), WEXITED);
}

let isProven = false;

/**
 * Asks the kernel, once, for what a `ProcessDescriptor` needs: better before a process is started than after.
 *
 * @throws {UnavailableError} when it has it not.
 * @throws {SystemError} when there is no descriptor left.
 */
export function requireProcessDescriptors(): void {
  if (isProven) return;
  const fd = libc().pidfd_open(PIDFD_OPEN, process.pid, 0);
  if (fd < 0) throw refusal('pidfd_open', -fd);
  // This process is no child of its own, which a kernel says only when it knows the question.
  const result = libc().waitid(
    P_PIDFD,
    fd,
    new Int32Array(SIGNAL_INFO_BYTES / 4),
    WEXITED | WNOHANG,
  );
  closeDescriptor(fd);
  if (result !== -ECHILD) throw refusal('waitid', -result);
  isProven = true;
}

function refusal(systemCall: string, errno: number): Error {
  const error = new SystemError(systemCall, errno);
  if (SCARCE.has(errno)) return error;
  return new UnavailableError(
    `no process can be started here: it needs Linux 5.4 or later, and a sandbox that permits pidfd_open (${error.message})`,
    { cause: error },
  );
}
