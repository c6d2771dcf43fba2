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
   * True to wait if the server asks for it, and for an outage to pass.
   *
   * @default {true}
   */
  readonly waitForServer?: boolean | undefined;
  /** `performance.now()` when the time for the whole run ends. */
  readonly endsAt?: number | undefined;
  /** Called with the exchanges of each experiment; those of a repetition replace the earlier ones. */
  readonly onExchanges?: ((experiment: string, exchanges: ExperimentExchanges) => void) | undefined;
}
