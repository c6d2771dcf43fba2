/**
 * Jobs of a batch and the outcomes of their tries: types only.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";

/** Failed tries, as they stand in a result. */
export type Attempts = NonNullable<ProbeResult["attempts"]>;

/** The outcome of one try. */
export type TryOutcome<Job, Row> =
  | { readonly type: "row"; readonly row: Row; readonly error?: ProbeError; readonly total: number }
  /** The job turned out to be these, possibly none. */
  | { readonly type: "jobs"; readonly jobs: readonly Job[] }
  /** The run is over; there is no row. */
  | { readonly type: "aborted" };

/** The circumstances of one try. */
export interface TryContext {
  /** Tries of the same job that failed before. */
  readonly attempts: Readonly<Attempts>;
  /** Tries of the same job before for which this process had no time. */
  readonly starvedTries: number;
  /** Jobs under way when this one was started, itself included. */
  readonly active: number;
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
}

/** The work for each job. */
export interface JobHandler<Job, Row> {
  /** Does it once. What goes wrong is an outcome; what it throws ends the run. */
  readonly attempt: (job: Job, context: TryContext) => Promise<TryOutcome<Job, Row>>;
  /** The host that it puts load on. */
  readonly hostOf: (job: Job) => string;
  /** Connections that it is likely to make one after the other, by which starts are spaced. @default {1} */
  readonly connectionsOf?: (job: Job) => number;
  /** Octets that a row keeps in memory beyond what each one does. @default {0} */
  readonly retainedSize?: (row: Row) => number;
}
