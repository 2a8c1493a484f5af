/**
 * The end of one call: its answer is sent, or its client has left. It is what an `AbortSignal` would be for, at a small
 * part of the cost, which counts here: making and aborting a signal takes a fifth of the time of a short call.
 */
export class CallEnd {
  #isOver = false;
  readonly #listeners = new Set<() => void>();

  /** Whether the call has ended. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Calls `listener` once when the call ends, at once if it has; returns what undoes that. */
  onOver(listener: () => void): () => void {
    if (this.#isOver) listener();
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Says that the call has ended. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const listener of this.#listeners) listener();
  }
}
