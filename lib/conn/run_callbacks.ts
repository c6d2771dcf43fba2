/**
 * Calls back whoever started a run.
 *
 * @module
 */

/** Calls the functions of the caller; what one of them throws ends the run instead of leaving experiments behind. */
export class RunCallbacks {
  readonly #stop = new AbortController();
  #failure: { readonly reason: unknown } | undefined;

  /** Aborted once a function has thrown. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Makes a call, unless an earlier one threw. */
  call(callback: () => void): void {
    if (this.#failure) return;
    try {
      callback();
    } catch (reason) {
      this.#failure = { reason };
      this.#stop.abort();
    }
  }

  /** Throws what a function threw, once nothing is running any more. */
  throwFailure(): void {
    if (this.#failure) throw this.#failure.reason;
  }
}
