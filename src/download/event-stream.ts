import type { DownloadEvent } from '../core/download.js';

/**
 * Events on their way to whoever reads them. Of the `progress` that nobody has read yet only the latest is kept, so that a
 * slow reader costs no memory; all others are kept in order.
 */
export class EventStream implements AsyncIterable<DownloadEvent> {
  #waiting: DownloadEvent[] = [];
  #isOver = false;
  #failure: unknown;
  #wake: (() => void) | undefined;

  /** Adds an event. */
  push(event: DownloadEvent): void {
    const last = this.#waiting.length - 1;
    if (event.kind === 'progress' && this.#waiting[last]?.kind === 'progress') {
      this.#waiting[last] = event;
    } else {
      this.#waiting.push(event);
    }
    this.#wake?.();
  }

  /** Says that no more will come: the reader is through after those that wait, or gets `failure` then. */
  end(failure?: unknown): void {
    this.#isOver = true;
    this.#failure = failure;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DownloadEvent, void> {
    for (;;) {
      const events = this.#waiting;
      this.#waiting = [];
      yield* events;
      if (this.#waiting.length > 0) continue;
      if (this.#isOver) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }
}
