/**
 * Options of a run of experiments.
 *
 * @module
 */

import type { ExperimentExchanges } from "../result.ts";
import type { ProfileOptions } from "./options.ts";

/** Options of a run. */
export interface RunOptions extends Pick<ProfileOptions, "onProgress" | "onEstimate" | "behind"> {
  /**
   * Connections at the same time.
   *
   * @default {4}
   */
  readonly connections?: number | undefined;
  /**
   * Whether to wait where the server asks for it, and for a service that is gone to come back.
   *
   * @default {true}
   */
  readonly waitForServer?: boolean | undefined;
  /** The end of the time for the whole run (`performance.now()`). */
  readonly endsAt?: number | undefined;
  /** Given the exchanges of each experiment; those of one that is made once more take the place of the first. */
  readonly onExchanges?: ((experiment: string, exchanges: ExperimentExchanges) => void) | undefined;
}
