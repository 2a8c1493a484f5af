import { UsageError } from '../core/errors.js';
import { Handle } from './handle.js';
import type { WatchInfo } from './instruments/instrument.js';
import { READ, WRITE, type Selector } from './selectors/selector.js';

/** Which callbacks wait for which descriptors. Readers and writers are apart: each descriptor has at most one of each. */
export class WatchTable {
  readonly #selector: Selector;
  readonly #onNews: () => void;
  readonly #readers: (Handle | undefined)[] = [];
  readonly #writers: (Handle | undefined)[] = [];
  #size = 0;

  /** `onNews` is called when there is something new to watch. */
  constructor(selector: Selector, onNews: () => void) {
    this.#selector = selector;
    this.#onNews = onNews;
  }

  /** Callbacks that wait. */
  get size(): number {
    return this.#size;
  }

  /** Which descriptors are watched for what; a copy, for those who look on. */
  waiting(): WatchInfo[] {
    return [...infos(this.#readers, 'reader'), ...infos(this.#writers, 'writer')];
  }

  /**
   * Begins to watch. Cancelling the handle ends it; do that before the descriptor is closed.
   *
   * @throws {UsageError} when somebody watches the descriptor for the same already.
   * @throws {SystemError} when the descriptor cannot be watched.
   */
  add(fd: number, direction: typeof READ | typeof WRITE, callback: () => void): Handle {
    const handles = direction === READ ? this.#readers : this.#writers;
    const kind = direction === READ ? 'reader' : 'writer';
    if (handles[fd] !== undefined) {
      throw new UsageError(`descriptor ${fd} has a ${kind} already; cancel that one first`);
    }
    const handle = new WatchHandle(kind, callback, () => {
      handles[fd] = undefined;
      this.#size -= 1;
      this.#selector.watch(fd, this.#interest(fd));
    });
    this.#selector.watch(fd, this.#interest(fd) | direction);
    handles[fd] = handle;
    this.#size += 1;
    this.#onNews();
    return handle;
  }

  /** Hands over who waits for what the selector has just found, readers before writers. */
  enqueueReady(count: number, loop: { enqueue(handle: Handle): void }): void {
    for (let index = 0; index < count; index += 1) {
      const fd = this.#selector.fd(index);
      const readiness = this.#selector.readiness(index);
      const reader = (readiness & READ) === 0 ? undefined : this.#readers[fd];
      const writer = (readiness & WRITE) === 0 ? undefined : this.#writers[fd];
      if (reader !== undefined) loop.enqueue(reader);
      if (writer !== undefined) loop.enqueue(writer);
      if (reader === undefined && writer === undefined && this.#interest(fd) === 0) {
        loop.enqueue(new Handle('callback', () => refuseStray(fd)));
      }
    }
  }

  #interest(fd: number): number {
    return (
      (this.#readers[fd] === undefined ? 0 : READ) + (this.#writers[fd] === undefined ? 0 : WRITE)
    );
  }
}

// epoll goes on watching a descriptor that was closed while a copy of it is open elsewhere, and nobody can tell it to
// stop. Level-triggered, it is reported in every pass, for ever. A callback says so, so that the others of the pass run.
function refuseStray(fd: number): never {
  throw new UsageError(
    `descriptor ${fd} was closed while it was watched and is still open elsewhere; cancel its handles before closing it`,
  );
}

function infos(handles: readonly (Handle | undefined)[], kind: WatchInfo['kind']): WatchInfo[] {
  // A forEach leaves out the holes, of which there may be many.
  const found: WatchInfo[] = [];
  handles.forEach((handle, fd) => {
    if (handle !== undefined) found.push({ fd, kind });
  });
  return found;
}

class WatchHandle extends Handle {
  readonly #unwatch: () => void;

  constructor(kind: 'reader' | 'writer', callback: () => void, unwatch: () => void) {
    super(kind, callback);
    this.#unwatch = unwatch;
  }

  override cancel(): void {
    if (this.isCancelled) return;
    super.cancel();
    this.#unwatch();
  }
}
