import { UnavailableError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import type { PracticeServerSettings } from './practice-server-options.js';
import {
  reportedError,
  type Listening,
  type ServerCommand,
  type ServerReport,
} from './server-messages.js';

const START_MS: Milliseconds = 15_000;
const GRACE_MS: Milliseconds = 2000;

/** A practice server that listens. */
export interface PracticeServer extends Listening {
  /**
   * Resolves when the server was closed, and rejects with an `UnavailableError` when it stopped without being asked to.
   * It need not be listened to.
   */
  readonly closed: Promise<void>;
  /**
   * Stops accepting, lets answers in flight finish for at most `graceMs` (2 s), and then ends the server in any case, also
   * in the middle of `/slow-run`. With a grace of 0 it ends at once. A second call waits for the same end.
   */
  close(graceMs?: Milliseconds): Promise<void>;
}

/** A thread or a process that a server runs in. */
export interface Host {
  /** Sends a command; one that has ended already ignores it. */
  send(command: ServerCommand): void;
  /** Calls `listener` with everything that is reported. */
  onReport(listener: (report: ServerReport) => void): void;
  /** Resolves with how it ended, for people; it ends once. */
  readonly ended: Promise<string>;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/**
 * Starts the server in `host` and resolves when it listens.
 *
 * @throws {UsageError} when the server cannot listen where it was asked to.
 * @throws {UnavailableError} when `host` ended or did not start within 15 s.
 */
export async function superviseServer(
  host: Host,
  settings: PracticeServerSettings,
): Promise<PracticeServer> {
  let closing: Promise<void> | undefined;
  let lastWords: string | undefined;
  host.onReport((report) => {
    if (report.kind === 'failed') lastWords = report.message;
    else if (report.kind === 'closed') host.kill();
  });
  const end = async (): Promise<void> => {
    const how = await host.ended;
    if (closing !== undefined) return;
    throw new UnavailableError(
      lastWords ?? `the practice server stopped without being asked to: ${how}`,
    );
  };
  const closed = end();
  // Without this a crash that nobody listens to would end the process.
  closed.catch(() => {});
  const listening = await whenListening(host, settings);
  const close = async (graceMs: Milliseconds): Promise<void> => {
    const grace = setTimeout(() => host.kill(), graceMs);
    host.send({ kind: 'close' });
    await host.ended;
    clearTimeout(grace);
  };
  return { ...listening, closed, close: (graceMs = GRACE_MS) => (closing ??= close(graceMs)) };
}

async function whenListening(host: Host, settings: PracticeServerSettings): Promise<Listening> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Listening>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new UnavailableError(`the practice server did not start within ${START_MS / 1000} s`),
        );
      }, START_MS);
      host.onReport((report) => {
        if (report.kind === 'listening') resolve(report.listening);
        else if (report.kind === 'failed') reject(reportedError(report));
      });
      void host.ended.then((how) =>
        reject(new UnavailableError(`the practice server did not start: ${how}`)),
      );
      host.send({ kind: 'start', settings });
    });
  } catch (error) {
    host.kill();
    await host.ended;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
