/** A call that can be given up. */
export interface StoppableCall {
  abort(): void;
}

/**
 * Gives calls up when their signals fire, with one listener a signal whatever the number of calls: an `EventTarget` keeps
 * its listeners in a list, and taking one of 10,000 out of it means walking the list.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Set<StoppableCall>>();

  /** Aborts `call` when `signal` fires; returns what undoes that. */
  watch(signal: AbortSignal, call: StoppableCall): () => void {
    const calls = this.#watched.get(signal) ?? this.#listen(signal);
    calls.add(call);
    return () => {
      calls.delete(call);
      if (calls.size > 0) return;
      this.#watched.delete(signal);
      signal.removeEventListener('abort', this.#onAbort);
    };
  }

  #listen(signal: AbortSignal): Set<StoppableCall> {
    const calls = new Set<StoppableCall>();
    this.#watched.set(signal, calls);
    signal.addEventListener('abort', this.#onAbort);
    return calls;
  }

  readonly #onAbort = ({ target }: Event): void => {
    if (!(target instanceof AbortSignal)) return;
    for (const call of this.#watched.get(target) ?? []) call.abort();
  };
}
