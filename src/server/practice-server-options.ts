import { UsageError } from '../core/errors.js';
import type { Bytes, Milliseconds } from '../core/units.js';

/** The port that is listened on unless another is asked for. */
export const DEFAULT_PORT = 8080;

const DAY_MS = 86_400_000;
// Share of the time that a server may stall.
const MOST_STALLED = 0.9;

/** The dials of a practice server; whatever is left out or `undefined` takes its default. */
export interface PracticeServerOptions {
  /** Address to listen on; default `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined;
  /** Port to listen on, 0 for any free one; default 8080. */
  readonly port?: number | undefined;
  /** Time before an answer of `/say-hi` and `/files` begins, in milliseconds; default 200. */
  readonly latencyMs?: Milliseconds | undefined;
  /** The latency varies by up to this much in both directions, uniformly, in milliseconds; default 0. */
  readonly jitterMs?: Milliseconds | undefined;
  /** Work of one call of `/fast-run`, `/slow-run` and `/standard-run`, in milliseconds; default 2000. */
  readonly workMs?: Milliseconds | undefined;
  /** Calls served at once, the others queue in order of arrival; default `Infinity`. */
  readonly slots?: number | undefined;
  /** Bytes per second that an answer of `/files` is sent at; default `Infinity`. */
  readonly bandwidth?: Bytes | undefined;
  /** Share of the calls, from 0 to 1, that are answered with status 500; default 0. */
  readonly failRate?: number | undefined;
  /** How long nothing is answered, again and again, in milliseconds; default 0: never. */
  readonly stallMs?: Milliseconds | undefined;
  /** Time from the beginning of one stall to that of the next, in milliseconds; default 10,000. */
  readonly stallEveryMs?: Milliseconds | undefined;
  /** Decides the bytes of the files and which calls are slow or fail; default 1. */
  readonly seed?: number | undefined;
  /** Number of files, `/files/1` to `/files/N`; default 20. */
  readonly files?: number | undefined;
  /** Bytes of each file; default 1,000,000. */
  readonly fileSize?: Bytes | undefined;
  /** Threads that `/standard-run` works on; default 4. */
  readonly threads?: number | undefined;
}

/** Every dial with its value, checked; plain data that can be sent to another thread or process. */
export interface PracticeServerSettings {
  readonly host: string;
  readonly port: number;
  readonly latencyMs: Milliseconds;
  readonly jitterMs: Milliseconds;
  readonly workMs: Milliseconds;
  readonly slots: number;
  readonly bandwidth: Bytes;
  readonly failRate: number;
  readonly stallMs: Milliseconds;
  readonly stallEveryMs: Milliseconds;
  readonly seed: number;
  readonly files: number;
  readonly fileSize: Bytes;
  readonly threads: number;
}

/**
 * The options with their defaults.
 *
 * @throws {UsageError} when a value is outside what its dial can take.
 */
export function resolveOptions(options: PracticeServerOptions): PracticeServerSettings {
  const stallEveryMs = within('stallEveryMs', options.stallEveryMs ?? 10_000, 1, DAY_MS);
  return {
    host: checkedHost(options.host ?? '127.0.0.1'),
    port: whole('port', options.port ?? DEFAULT_PORT, 0, 65_535),
    latencyMs: within('latencyMs', options.latencyMs ?? 200, 0, DAY_MS),
    jitterMs: within('jitterMs', options.jitterMs ?? 0, 0, DAY_MS),
    workMs: within('workMs', options.workMs ?? 2000, 0, DAY_MS),
    slots: wholeOrInfinity('slots', options.slots ?? Infinity),
    bandwidth: wholeOrInfinity('bandwidth', options.bandwidth ?? Infinity),
    failRate: within('failRate', options.failRate ?? 0, 0, 1),
    // A stall without an end in between would never let an answer out.
    stallMs: within('stallMs', options.stallMs ?? 0, 0, stallEveryMs * MOST_STALLED),
    stallEveryMs,
    seed: whole('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    files: whole('files', options.files ?? 20, 1, 1_000_000),
    fileSize: whole('fileSize', options.fileSize ?? 1_000_000, 1, 2 ** 40),
    threads: whole('threads', options.threads ?? 4, 1, 256),
  };
}

// An empty host means "every network" to Node, which must only happen when it was asked for.
function checkedHost(host: string): string {
  if (/^[^\s/]{1,253}$/.test(host)) return host;
  throw new UsageError(
    `expected host to be an address or a name of this machine (like 127.0.0.1), got '${host.slice(0, 60)}'`,
  );
}

function within(name: string, value: number, min: number, max: number): number {
  if (value >= min && value <= max) return value;
  throw new UsageError(`expected ${name} to be a number from ${min} to ${max}, got ${value}`);
}

function whole(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`expected ${name} to be a whole number from ${min} to ${max}, got ${value}`);
}

function wholeOrInfinity(name: string, value: number): number {
  if (value === Infinity) return value;
  return whole(name, value, 1, Number.MAX_SAFE_INTEGER);
}
