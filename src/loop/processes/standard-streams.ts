import { CLOEXEC, NONBLOCK } from '../system/descriptor-flags.js';
import { libc } from '../system/libc.js';
import { closeDescriptor } from '../system/sockets.js';
import { succeeded } from '../system/system-error.js';
import type { StandardStream } from './spawn-options.js';

const F_GETFL = 3;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;
const FIRST_OTHER = 3;

/** Both ends of what stands in for a standard stream of a process: descriptors, where there is a pipe. */
export interface StreamEnds {
  readonly stream: StandardStream;
  /** Ours does not block. */
  readonly ours: number | undefined;
  /** The one for the process blocks, as programs expect. */
  readonly theirs: number | undefined;
}

/** Opens what three standard streams need. No other process gets any of it. Throws `SystemError`. */
export function openStandardStreams(streams: readonly StandardStream[]): StreamEnds[] {
  const opened: StreamEnds[] = [];
  try {
    for (const [fd, stream] of streams.entries()) {
      if (stream === 'inherit') letBlock(fd);
      opened.push(
        stream === 'pipe' ? openPipe(fd === 0) : { stream, ours: undefined, theirs: undefined },
      );
    }
    return opened;
  } catch (error) {
    closeEnds(opened, 'ours');
    closeEnds(opened, 'theirs');
    throw error;
  }
}

/** Closes one end of each pipe. */
export function closeEnds(ends: readonly StreamEnds[], which: 'ours' | 'theirs'): void {
  for (const end of ends) {
    const fd = end[which];
    if (fd !== undefined) closeDescriptor(fd);
  }
}

function openPipe(isInput: boolean): StreamEnds {
  const pair = new Int32Array(2);
  succeeded(libc().pipe2(pair, CLOEXEC), 'pipe2');
  const [readEnd = -1, writeEnd = -1] = pair;
  const ours = isInput ? writeEnd : readEnd;
  libc().fcntl(ours, F_SETFL, NONBLOCK);
  try {
    return { stream: 'pipe', ours, theirs: aboveStandard(isInput ? readEnd : writeEnd) };
  } catch (error) {
    closeDescriptor(ours);
    throw error;
  }
}

// Where one of our own standard streams is closed, the pipe takes its number, and would be overwritten in the process
// while the three are put into their places.
function aboveStandard(fd: number): number {
  if (fd >= FIRST_OTHER) return fd;
  const moved = libc().fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OTHER);
  closeDescriptor(fd);
  return succeeded(moved, 'fcntl');
}

// Whether it blocks belongs to the pipe or terminal, not to the descriptor: what Node set for itself would hold for the
// process, which takes EAGAIN for a failure. Node's own spawn does the same.
function letBlock(fd: number): void {
  const flags = libc().fcntl(fd, F_GETFL, 0);
  if (flags >= 0 && (flags & NONBLOCK) !== 0) libc().fcntl(fd, F_SETFL, flags & ~NONBLOCK);
}
