/**
 * Limits the time of a whole profile.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { formatDuration } from "../text/duration.ts";

/** The reason for a run that ended because its time was over. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  /** Length of the limit in milliseconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the ${formatDuration(limit)} for the whole run were over`);
    this.limit = limit;
  }
}

/** Ends a run when its time is over. */
export class TotalTime implements Disposable {
  readonly #over = new AbortController();
  readonly #callOff: (() => void) | undefined;

  /** @param limit Milliseconds from now on; without it the run has no limit */
  constructor(limit: number | undefined) {
    if (limit !== undefined) this.#callOff = callAfter(limit, () => this.#over.abort(new OutOfTime(limit)));
  }

  /** Aborts with {@linkcode OutOfTime}, or with the reason of the given signal. */
  signalWith(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#over.signal]) : this.#over.signal;
  }

  [Symbol.dispose](): void {
    this.#callOff?.();
  }
}
