/**
 * Jobs of a batch and the outcomes of their tries: types only.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";

/** The failed tries in the form that a result has. */
export type Attempts = NonNullable<ProbeResult["attempts"]>;

/** The outcome of one try. */
export type TryOutcome<Job, Row> =
  | { readonly type: "row"; readonly row: Row; readonly error?: ProbeError; readonly total: number }
  /** The job expands into these jobs, possibly none. */
  | { readonly type: "jobs"; readonly jobs: readonly Job[] }
  /** The run is over, so there is no row. */
  | { readonly type: "aborted" };

/** The circumstances of one try. */
export interface TryContext {
  /** Earlier tries of the same job that failed. */
  readonly attempts: Readonly<Attempts>;
  /** Earlier tries of the same job for which this process had no time. */
  readonly starvedTries: number;
  /** Number of running jobs when this one started, including itself. */
  readonly active: number;
  /** Aborts when the run is over. */
  readonly signal: AbortSignal;
}

/** Does the work of a job. */
export interface JobHandler<Job, Row> {
  /** Does the job once. A failure is an outcome; an exception ends the run. */
  readonly attempt: (job: Job, context: TryContext) => Promise<TryOutcome<Job, Row>>;
  /** The host that bears the load of the job. */
  readonly hostOf: (job: Job) => string;
  /**
   * Connections that the job will probably open one after the other; they determine the spacing of starts. @default {1}
   */
  readonly connectionsOf?: (job: Job) => number;
  /** Bytes that a row keeps in memory beyond the usual amount. @default {0} */
  readonly retainedSize?: (row: Row) => number;
}
