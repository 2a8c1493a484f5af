import { UsageError } from '../../core/errors.js';
import type { Milliseconds } from '../../core/units.js';
import { CancelledError } from '../errors.js';
import type { EventLoop } from '../event-loop.js';
import type { Handle } from '../handle.js';
import type { Coroutine } from '../tasks/coroutine.js';
import { Future } from '../tasks/future.js';
import { beginOperation, currentLoop } from '../tasks/running.js';
import { startOwnedTask, type Task } from '../tasks/task.js';
import { WaitingLine } from '../tasks/waiting-line.js';
import { checkDuration } from './check-duration.js';
import { signalNumber, type ExitStatus, type SignalName } from './exit-status.js';
import type { InputStream } from './input-stream.js';
import type { OutputStream } from './output-stream.js';
import type { ProcessDescriptor } from './process-descriptor.js';

const GRACE_MS: Milliseconds = 5000;

/** Our ends of the pipes to a process. */
export interface ProcessStreams {
  readonly stdin: OutputStream | undefined;
  readonly stdout: InputStream | undefined;
  readonly stderr: InputStream | undefined;
}

/**
 * A process that was started here. When it ends it is reaped, waited for or not. Whoever asked for a pipe reads it to its
 * end or closes it.
 */
export class ChildProcess {
  readonly pid: number;
  readonly #descriptor: ProcessDescriptor;
  readonly #streams: ProcessStreams;
  readonly #leadsGroup: boolean;
  readonly #watch: Handle;
  readonly #waiting = new WaitingLine<ExitStatus>();
  #isStopping = false;
  #status: ExitStatus | undefined;
  #error: unknown;

  /** Takes over a process; one that cannot be watched is killed and reaped. Throws `SystemError`. */
  constructor(
    loop: EventLoop,
    descriptor: ProcessDescriptor,
    streams: ProcessStreams,
    leadsGroup: boolean,
  ) {
    this.pid = descriptor.pid;
    this.#descriptor = descriptor;
    this.#streams = streams;
    this.#leadsGroup = leadsGroup;
    try {
      this.#watch = loop.addReader(descriptor.fd, () => this.#ended());
    } catch (error) {
      descriptor.endAtOnce();
      throw error;
    }
  }

  /** What it reads. Throws `UsageError` when that is no pipe, as the other two do. */
  get stdin(): OutputStream {
    return this.#streams.stdin ?? noPipe('stdin');
  }

  /** What it writes. */
  get stdout(): InputStream {
    return this.#streams.stdout ?? noPipe('stdout');
  }

  /** Where it complains. */
  get stderr(): InputStream {
    return this.#streams.stderr ?? noPipe('stderr');
  }

  /** How it ended; `undefined` while it runs. */
  get status(): ExitStatus | undefined {
    return this.#status;
  }

  /**
   * Fulfilled when the process has ended, whoever else still has its pipes. Giving it up does nothing to the process. Fails
   * with a `SystemError` (`ECHILD`) when somebody else has reaped it.
   */
  wait(): Future<ExitStatus> {
    return this.#whenEnded(beginOperation());
  }

  /**
   * Sends a signal: to its whole group when it leads one. Returns false when the process has ended.
   *
   * @throws {UsageError} when there is no such signal.
   * @throws {SystemError} when the process has become somebody else's (`EPERM`).
   */
  kill(signal: SignalName = 'SIGTERM'): boolean {
    const number = signalNumber(signal);
    if (this.#isOver()) return false;
    return this.#leadsGroup
      ? this.#descriptor.signalGroup(number)
      : this.#descriptor.signal(number);
  }

  /**
   * Ends the process: SIGTERM, and SIGKILL when it is still there after `graceMs`, 5 s unless said otherwise. Of a group that
   * it leads the rest is killed when it has ended. Fulfilled when it has ended; our ends of its pipes are closed then.
   * Cancelled meanwhile, it sends SIGKILL at once, and still waits for the end.
   */
  stop(graceMs: Milliseconds = GRACE_MS): Task<ExitStatus> {
    checkDuration('graceMs', graceMs);
    return startOwnedTask(() => this.#stop(graceMs), { name: `stopping process ${this.pid}` });
  }

  /** Closes our ends of its pipes at once. The process goes on. */
  close(): void {
    this.#streams.stdin?.close();
    this.#streams.stdout?.close();
    this.#streams.stderr?.close();
  }

  *#stop(graceMs: Milliseconds): Coroutine<ExitStatus> {
    const loop = currentLoop();
    let cancelled: CancelledError | undefined;
    this.#isStopping = true;
    const timer = loop.callLater(graceMs, () => this.#killForStop('SIGKILL'));
    this.#killForStop('SIGTERM');
    try {
      while (!this.#isOver()) {
        try {
          yield* this.#whenEnded(loop);
        } catch (error) {
          if (!(error instanceof CancelledError)) throw error;
          cancelled = error;
          this.#killForStop('SIGKILL');
        }
      }
      if (cancelled !== undefined) throw cancelled;
      return yield* this.#whenEnded(loop);
    } finally {
      timer.cancel();
      this.close();
    }
  }

  // A process that cannot be signalled would be waited for in vain.
  #killForStop(signal: SignalName): void {
    try {
      this.kill(signal);
    } catch (error) {
      this.#waiting.failAll(error);
    }
  }

  #whenEnded(loop: EventLoop): Future<ExitStatus> {
    if (this.#status !== undefined) return Future.of(loop, this.#status);
    if (this.#error !== undefined) return Future.failed(loop, this.#error);
    return this.#waiting.join(loop);
  }

  #isOver(): boolean {
    return this.#status !== undefined || this.#error !== undefined;
  }

  #ended(): void {
    try {
      // The group has the number of its leader, which nobody else can get before the leader is reaped.
      if (this.#isStopping && this.#leadsGroup) this.kill('SIGKILL');
      this.#status = this.#descriptor.reap();
      if (this.#status === undefined) return;
    } catch (error) {
      this.#error = error;
    }
    this.#watch.cancel();
    this.#descriptor.close();
    this.#streams.stdin?.readerEnded();
    if (this.#status === undefined) this.#waiting.failAll(this.#error);
    else this.#waiting.serveAll(this.#status);
  }
}

function noPipe(name: string): never {
  throw new UsageError(`there is no pipe to ${name} of the process; spawn it with ${name}: 'pipe'`);
}
