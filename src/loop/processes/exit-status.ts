import { constants } from 'node:os';
import { UsageError } from '../../core/errors.js';

/** How a process ended: by itself, with a code from 0 to 255, or by a signal, whose name is like `SIGKILL`. */
export type ExitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string };

/** The name of a signal. */
export type SignalName = keyof typeof constants.signals;

// siginfo_t of a child that ended, on 64-bit Linux (sigaction(2)): where si_code, si_pid and si_status are, in words of
// four bytes.
const CODE = 2;
const PID = 4;
const STATUS = 6;
const CLD_EXITED = 1;

/** So many bytes `siginfo_t` has. */
export const SIGNAL_INFO_BYTES = 128;

/** What `waitid` wrote: how a child ended, or `undefined` when none has. */
export function decodeStatus(info: Int32Array): ExitStatus | undefined {
  if (info[PID] === 0) return undefined;
  const status = info[STATUS] ?? 0;
  return info[CODE] === CLD_EXITED
    ? { kind: 'exited', code: status }
    : { kind: 'signalled', signal: nameOf(status) };
}

/**
 * The number of a signal on this machine.
 *
 * @throws {UsageError} when there is none of that name.
 */
export function signalNumber(name: SignalName): number {
  const number: number | undefined = constants.signals[name];
  if (number !== undefined) return number;
  throw new UsageError(
    `expected the name of a signal, such as SIGTERM, got ${JSON.stringify(name)}`,
  );
}

// Some signals have two names, of which the first is the usual one. Real-time signals have none.
function nameOf(number: number): string {
  const found = Object.entries(constants.signals).find(([, known]) => known === number);
  return found?.[0] ?? `SIG${number}`;
}
