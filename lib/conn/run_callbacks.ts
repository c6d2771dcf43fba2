/**
 * Calls the callbacks of a run's caller.
 *
 * @module
 */

/** Calls the caller's functions. If one throws, that ends the run instead of leaving experiments behind. */
export class RunCallbacks {
  readonly #stop = new AbortController();
  #failure: { readonly reason: unknown } | undefined;

  /** Aborts once a function has thrown. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Calls a function, unless an earlier one threw. */
  call(callback: () => void): void {
    if (this.#failure) return;
    try {
      callback();
    } catch (reason) {
      this.#failure = { reason };
      this.#stop.abort();
    }
  }

  /** Throws the error of a function, once nothing is running any more. */
  throwFailure(): void {
    if (this.#failure) throw this.#failure.reason;
  }
}
