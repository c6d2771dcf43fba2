/**
 * One deadline for a whole exchange and one for the phase it is in.
 *
 * @module
 */

import type { Phase, ProbeError } from "../result.ts";

/** The interface that the class `Deadline` has to have. */
export interface Deadline extends Disposable {
  /**
   * Enters a phase. When its limit (ms), the whole time or an abort comes first, `expire` is called, once, and
   * {@linkcode expired} says why. Entering the next phase replaces the limit and the callback.
   * If the deadline has expired already, `expire` is called at once.
   */
  enter(phase: Phase, doing: string, limit: number | undefined, expire: () => void): void;
  /** No phase is running: nothing to expire, the whole time goes on counting. */
  leave(): void;
  /** Why it expired: `timeout` or `aborted`, with the phase and what was being done. */
  readonly expired: ProbeError | undefined;
  /** Milliseconds left of the whole. */
  readonly remaining: number;
}
